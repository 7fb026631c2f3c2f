/** Rules about what stands in the file and is gone, or has lost its shape, once the graph is made: references, pools, lanes, plain attributes. */
import { elementsIn, type ModdleElement } from '../moddle.ts';
import type { Report } from '../report.ts';
import { checkAttributes } from './attributes.ts';
import { checkCollaboration } from './collaboration.ts';
import { checkLanes, checkOutsideLanes } from './lanes.ts';
import { checkReferenceTypes } from './reference-types.ts';

export function checkDefinitions(definitions: ModdleElement, report: Report): void {
  checkFile(definitions, report);
  for (const root of elementsIn(definitions, 'rootElements')) {
    if (root.$type === 'bpmn:Collaboration') checkCollaboration(root, report);
    for (const element of everythingIn(root)) {
      checkReferenceTypes(element, report);
      checkAttributes(element, report);
      for (const laneSet of elementsIn(element, 'laneSets')) checkLanes(laneSet, report);
      checkOutsideLanes(element, report);
    }
  }
}

/** An element with all that stands in it: what refers to it is not followed. */
function everythingIn(element: ModdleElement): readonly ModdleElement[] {
  const parts = ['flowElements', 'eventDefinitions', 'participants', 'artifacts'].flatMap((property) => elementsIn(element, property));
  return [element, ...parts.filter((part) => part.$parent === element).flatMap(everythingIn)];
}

/** BPMN 2.0, 8.2.1 and 8.2.3. */
function checkFile(definitions: ModdleElement, report: Report): void {
  for (const { location } of elementsIn(definitions, 'imports')) {
    report(
      'definitions',
      'import-unread',
      {
        en: `The file imports "${String(location)}", which is not read. Put what it needs of that into this file.`,
        zh: `文件导入了“${String(location)}”，但不会读取；请把需要的内容放入本文件。`,
      },
      'warning',
    );
  }
  const { expressionLanguage: language } = definitions;
  if (typeof language !== 'string' || /feel|bpmn\/20100524|xpath/i.test(language)) return;
  report('definitions', 'expression-language', {
    en: `The file says that its expressions are written in "${language}". Write them in FEEL, and remove the attribute.`,
    zh: `文件声明表达式语言为“${language}”，请改用 FEEL 并删除该属性。`,
  });
}
