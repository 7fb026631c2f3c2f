/** Rights on fields against the set that the form stands in: steps that are not there, and lists that show what not everybody may see. */
import type { Finding } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { guardedItems } from '#core/form/access/check.ts';
import { rulesOf } from '#core/form/access/rules.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { allItems } from '#core/form/items.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { ServiceDescriptor } from './descriptor.ts';

/** A step that a migrated form still names is no fault: the rule just never holds. */
export function unknownSteps(questionnaire: Questionnaire, { elements }: ProcessGraph): readonly Finding[] {
  const isStep = (id: string): boolean => elements[id]?.elementType === 'userTask' || elements[id]?.elementType === 'startEvent';
  return allItems(questionnaire.item ?? []).flatMap((item) =>
    [...new Set(rulesOf(item).flatMap((rule) => rule.elements))]
      .filter((id) => !isStep(id))
      .map(
        (id): Finding => ({
          elementId: item.linkId,
          rule: 'form-access-step',
          severity: 'warning',
          message: `The flow has no step "${id}", so the right never holds.`,
          messageZh: `流程中没有步骤“${id}”，该权限不会生效。`,
        }),
      ),
  );
}

/** Lists are the same for everybody, and a title stands there in clear. */
export function shownInLists(questionnaire: Questionnaire, { titleFacts, patient }: ServiceDescriptor): readonly Finding[] {
  const guarded = guardedItems(questionnaire);
  return allItems(questionnaire.item ?? []).flatMap((item): readonly Finding[] => {
    if (!guarded.has(item.linkId)) return [];
    const { fact } = settingsOf(item);
    const isTitle = fact !== undefined && titleFacts.includes(fact);
    if (!isTitle && patient?.name !== item.linkId) return [];
    return [
      {
        elementId: item.linkId,
        rule: 'form-access-list',
        severity: 'warning',
        message: isTitle
          ? `The fact "${fact}" stands in titles, which everybody with the instance in a list can read.`
          : 'The name of the patient stands, masked, in lists, whoever reads them.',
        messageZh: isTitle ? `事实“${fact}”出现在列表标题中，所有可见该业务单的人都能读到。` : '患者姓名（脱敏）出现在列表中，人人可见。',
      },
    ];
  });
}
