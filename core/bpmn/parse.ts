/** XML → moddle's tree, with everything that could not be read as findings: nothing is dropped in silence. */
import type { ModdleElement } from './moddle.ts';
import { idOf, readXml } from './moddle.ts';
import type { Report } from './report.ts';

export async function parseBpmn(xml: string, report: Report): Promise<ModdleElement | null> {
  try {
    const { definitions, warnings } = await readXml(xml);
    for (const warning of warnings) reportWarning(warning, report);
    return definitions;
  } catch (error) {
    const reason = firstLine(error instanceof Error ? error.message : String(error));
    report('definitions', 'xml-readable', {
      en: `The file is not BPMN 2.0 XML: ${reason}. Open and save it in a BPMN modeler.`,
      zh: `文件不是可读的 BPMN 2.0：${reason}。请用 BPMN 建模工具重新保存。`,
    });
    return null;
  }
}

type Warning = Awaited<ReturnType<typeof readXml>>['warnings'][number];

function reportWarning({ message, element, property, value }: Warning, report: Report): void {
  const at = idOf(element);
  const reason = firstLine(message);
  // The text has been decoded by whoever read the file; what it once was encoded in no longer matters.
  if (reason.startsWith('unsupported document encoding')) return;
  if (reason.startsWith('unresolved reference')) {
    // Shapes that point nowhere draw nothing and run nothing.
    const isDrawing = element?.$type.startsWith('bpmndi:') ?? false;
    report(
      at,
      'reference-resolves',
      {
        en: `${property?.replace('bpmn:', '') ?? 'A reference'} points to "${value}", which does not exist. Point it to an element of this file.`,
        zh: `“${property?.replace('bpmn:', '') ?? '引用'}”指向不存在的“${value}”，请改为本文件中的元素。`,
      },
      isDrawing ? 'warning' : 'error',
    );
    return;
  }
  const duplicate = /duplicate ID <([^>]*)>/.exec(message)?.[1];
  if (duplicate) {
    report(duplicate, 'id-unique', {
      en: `The id "${duplicate}" is used twice. Give one of them another id.`,
      zh: `编号“${duplicate}”重复，请改其中之一。`,
    });
    return;
  }
  const type = /unparsable content <([^>]*)>/.exec(message)?.[1];
  if (type) {
    report(at, 'unsupported-element', {
      en: `<${type}> is not an element of BPMN 2.0 or Zeebe. Remove it.`,
      zh: `<${type}> 不是 BPMN 2.0 或 Zeebe 的元素，请删除。`,
    });
    return;
  }
  const attribute = /unknown attribute <([^>]*)>/.exec(message)?.[1];
  if (attribute) {
    report(at, 'unsupported-attribute', {
      en: `The attribute "${attribute}" is not known. Remove it.`,
      zh: `未知属性“${attribute}”，请删除。`,
    });
    return;
  }
  report(at, 'xml-readable', { en: `The file cannot be read completely: ${reason}.`, zh: `文件无法完整读取：${reason}。` });
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? text).trim();
