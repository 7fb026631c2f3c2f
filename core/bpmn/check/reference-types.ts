/** A reference must point to the kind of thing that it names (BPMN 2.0, the class diagrams of 8 to 10). */
import { elementAt, idOf, type ModdleElement, wordOf } from '../moddle.ts';
import type { Report } from '../report.ts';

/** Property → what it refers to, and what that is called. Flows, boundary events and default flows have rules of their own. */
const WANTED: Readonly<Record<string, { readonly type: RegExp; readonly en: string; readonly zh: string }>> = {
  messageRef: { type: /^bpmn:Message$/, en: 'a message', zh: '消息' },
  signalRef: { type: /^bpmn:Signal$/, en: 'a signal', zh: '信号' },
  errorRef: { type: /^bpmn:Error$/, en: 'an error', zh: '错误' },
  escalationRef: { type: /^bpmn:Escalation$/, en: 'an escalation', zh: '升级' },
  processRef: { type: /^bpmn:Process$/, en: 'a process', zh: '流程' },
  dataObjectRef: { type: /^bpmn:DataObject$/, en: 'a data object', zh: '数据对象' },
  dataStoreRef: { type: /^bpmn:DataStore$/, en: 'a data store', zh: '数据存储' },
};

export function checkReferenceTypes(element: ModdleElement, report: Report): void {
  for (const [property, { type, en, zh }] of Object.entries(WANTED)) {
    const target = elementAt(element, property);
    if (!target || type.test(target.$type)) continue;
    report(idOf(element), 'reference-type', {
      en: `${property} points to "${target.id}", which is a ${wordOf(target)}. Point it to ${en}.`,
      zh: `${property} 指向的“${target.id}”是 ${wordOf(target)}，请改为指向${zh}。`,
    });
  }
}
