/** Walks one element and names whatever of it is not understood. */
import { extensionsOf, idOf, type ModdleElement, wordOf } from './moddle.ts';
import type { Report } from './report.ts';
import {
  DATA_PROPERTIES,
  DRAWING,
  isHarmless,
  NEUTRAL_VALUES,
  OTHER_ENGINES,
  SUPPORTED_EXTENSIONS,
  SUPPORTED_PROPERTIES,
  SUPPORTED_VALUES,
} from './vocabulary.ts';

/** False where the type itself is not supported: then it is not read at all. */
export function checkElement(element: ModdleElement, report: Report): boolean {
  const read = SUPPORTED_PROPERTIES[element.$type];
  if (!read) {
    refuseType(element, report);
    return false;
  }
  for (const [property, value] of Object.entries(element)) {
    if (property.startsWith('$') || isHarmless(property) || isNeutral(property, value)) continue;
    if (read.includes(property) && isSupportedValue(property, value)) continue;
    if (DATA_PROPERTIES.has(property)) warnAboutData(element, property, report);
    else refuseAttribute(ownerOf(element), property, value, report);
  }
  checkForeignAttributes(element, ownerOf(element), report);
  checkExtensions(element, report);
  return true;
}

export function refuseType(element: ModdleElement, report: Report): void {
  const word = wordOf(element);
  report(idOf(element), 'unsupported-element', {
    en: `${word} is not supported. Replace it by elements that are (docs/guides/write-a-flow.md lists them).`,
    zh: `暂不支持 ${word}，请改用受支持的元素（见 docs/guides/write-a-flow.md）。`,
  });
}

const isNeutral = (property: string, value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0) || (NEUTRAL_VALUES[property]?.includes(value) ?? false);

const isSupportedValue = (property: string, value: unknown): boolean => SUPPORTED_VALUES[property]?.includes(value) ?? true;

/** Extension elements have no id of their own: what is found in them is reported at the element that carries them. */
interface Owner {
  readonly id: string;
  readonly word: string;
}

const ownerOf = (element: ModdleElement): Owner => ({ id: idOf(element), word: wordOf(element) });

function refuseAttribute({ id, word }: Owner, property: string, value: unknown, report: Report): void {
  const shown = typeof value === 'object' ? property : `${property}="${String(value)}"`;
  report(id, 'unsupported-attribute', {
    en: `${shown} of ${word} is not supported. Remove it, or model it with supported elements.`,
    zh: `暂不支持 ${word} 的 ${shown}，请删除或改用受支持的元素。`,
  });
}

const warnAboutData = (element: ModdleElement, property: string, report: Report): void =>
  report(
    idOf(element),
    'data-without-effect',
    {
      en: `${property} of ${wordOf(element)} documents only and moves no data. Map variables with zeebe:ioMapping.`,
      zh: `${wordOf(element)} 的 ${property} 仅作说明，不传递数据；请用 zeebe:ioMapping 映射变量。`,
    },
    'warning',
  );

function checkForeignAttributes(element: ModdleElement, owner: Owner, report: Report): void {
  for (const name of Object.keys(element.$attrs ?? {})) reportForeign(owner, name, report);
}

function reportForeign({ id }: Owner, name: string, report: Report): void {
  const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
  // An attribute without a prefix was reported when the file was read.
  if (!prefix || !local || DRAWING.test(prefix)) return;
  const isEngine = OTHER_ENGINES.test(prefix);
  report(
    id,
    'unsupported-attribute',
    {
      en: `${name} is an extension that is not understood. ${isEngine ? 'Use the Zeebe attribute for it.' : 'It has no effect.'}`,
      zh: `无法识别扩展“${name}”。${isEngine ? '请改用对应的 Zeebe 属性。' : '它不起作用。'}`,
    },
    isEngine ? 'error' : 'warning',
  );
}

export function checkExtensions(element: ModdleElement, report: Report): void {
  const owner = ownerOf(element);
  for (const extension of extensionsOf(element)) {
    const words = SUPPORTED_EXTENSIONS[extension.$type];
    if (!words?.on.includes(element.$type)) {
      refuseExtension(owner, extension, report);
      continue;
    }
    const name = `zeebe:${wordOf(extension)}`;
    for (const [property, value] of Object.entries(extension)) {
      const isVersionTag = property === 'bindingType' && value === 'versionTag';
      if (property.startsWith('$') || value === undefined || (words.properties.includes(property) && !isVersionTag)) continue;
      refuseAttribute({ id: owner.id, word: name }, property, value, report);
    }
    checkForeignAttributes(extension, owner, report);
  }
}

function refuseExtension(owner: Owner, extension: ModdleElement, report: Report): void {
  const [prefix = ''] = extension.$type.split(':');
  if (DRAWING.test(prefix)) return;
  if (prefix !== 'zeebe') {
    reportForeign(owner, extension.$type, report);
    return;
  }
  const name = `zeebe:${wordOf(extension)}`;
  report(owner.id, 'unsupported-attribute', {
    en: `${name} on ${owner.word} is not supported. Remove it.`,
    zh: `暂不支持 ${owner.word} 上的 ${name}，请删除。`,
  });
}
