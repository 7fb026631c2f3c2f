/** What `bihuan:prefill` names must be an item of the task's form: it would fill nothing, and nobody would see why. */
import type { Finding } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { prefillsOf } from '#core/bpmn/prefills.ts';
import { allItems } from './items.ts';
import type { Questionnaire } from './questionnaire.ts';

/** `forms` by key; of one that is not among them nothing is said. */
export function unknownPrefills({ elements }: ProcessGraph, forms: ReadonlyMap<string, Questionnaire>): readonly Finding[] {
  return Object.values(elements).flatMap((element): readonly Finding[] => {
    const formKey = element.elementType === 'userTask' ? element.formKey : undefined;
    const form = formKey === undefined ? undefined : forms.get(formKey);
    if (!form) return [];
    const known = new Set(allItems(form.item ?? []).map(({ linkId }) => linkId));
    return Object.keys(prefillsOf(element.properties))
      .filter((linkId) => !known.has(linkId))
      .map((linkId) => ({
        elementId: element.id,
        rule: 'prefill-item',
        severity: 'warning',
        message: `bihuan:prefill names "${linkId}", which the form "${formKey}" does not have: it fills nothing. Name an item of the form.`,
        messageZh: `bihuan:prefill 中的“${linkId}”在表单“${formKey}”中不存在，不会预填；请改为表单中的项目。`,
      }));
  });
}
