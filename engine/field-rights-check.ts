/** Rights on fields against the set that the form stands in: steps that are not there, and lists that show what not everybody may see. */
import type { Finding } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { withMade } from '#core/bpmn/made-variables.ts';
import { prefillsOf } from '#core/bpmn/prefills.ts';
import { readsOf } from '#core/feel/reads.ts';
import { guardedItems } from '#core/form/access/check.ts';
import { rulesOf } from '#core/form/access/rules.ts';
import { expressionsOf } from '#core/form/expression/expressions.ts';
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

/**
 * What is kept from somebody and goes on into another form: by `bihuan:prefill`, also through mappings, or as a part of `%patient`. An item that is
 * kept from nobody would tell it.
 */
export function givenOn(
  forms: ReadonlyMap<string, Questionnaire>,
  graph: ProcessGraph,
  { startForm, patient }: ServiceDescriptor,
): readonly Finding[] {
  const facts = [...forms.values()].flatMap((form) => {
    const guarded = guardedItems(form);
    return allItems(form.item ?? []).flatMap((item) => (guarded.has(item.linkId) ? (settingsOf(item).fact ?? []) : []));
  });
  const secrets = withMade(new Map(facts.map((fact) => [fact, true])), graph);
  const start = forms.get(startForm ?? '');
  const guardedAtStart = start ? guardedItems(start) : new Set<string>();
  const ofPatient = PATIENT_PARTS.filter(({ link }) => guardedAtStart.has(patient?.[link] ?? ''));
  return Object.values(graph.elements).flatMap((element): readonly Finding[] => {
    const form = element.elementType === 'userTask' && element.formKey !== undefined ? forms.get(element.formKey) : undefined;
    if (!form) return [];
    const guarded = guardedItems(form);
    const prefills = prefillsOf(element.properties);
    return allItems(form.item ?? []).flatMap((item): readonly Finding[] => {
      if (guarded.has(item.linkId)) return [];
      const source = prefills[item.linkId];
      const read = source === undefined ? [] : readsOf(source).flatMap(({ path }) => path[0] ?? []);
      const { initial } = expressionsOf(item);
      const parts = ofPatient.filter(({ part }) => initial !== undefined && readsOfPatient(initial, part));
      return [...read.filter((name) => secrets.has(name)), ...parts.map(({ part }) => `%patient.${part}`)].map(
        (what): Finding => ({
          elementId: element.id,
          rule: 'form-access-prefill',
          severity: 'error',
          message: `"${item.linkId}" begins with ${what}, which a form keeps from somebody, and is kept from nobody. Give it the same right, or do not prefill it.`,
          messageZh: `“${item.linkId}”预填了 ${what}，而该内容对部分人不可见，该项却人人可见。请设置相同的权限，或不预填。`,
        }),
      );
    });
  });
}

/** The elements of `%patient`, and the answers that they are (`api/read/launch.ts`). */
const PATIENT_PARTS = [
  { part: 'name', link: 'name' },
  { part: 'gender', link: 'sex' },
  { part: 'birthDate', link: 'birthDate' },
  { part: 'identifier', link: 'idNumber' },
] as const;

/** By its name, or with all of it. */
const readsOfPatient = (expression: string, part: string): boolean =>
  [...expression.matchAll(/%patient\b(?:\.(\w+))?/g)].some(
    ([, name]) => name === part || !PATIENT_PARTS.some((each) => each.part === name),
  );

/** What an outcome cannot be without must be a question of the task's form. */
export function unknownAnswers(questionnaire: Questionnaire, formKey: string, { elements }: ProcessGraph): readonly Finding[] {
  const known = new Set(allItems(questionnaire.item ?? []).map(({ linkId }) => linkId));
  return Object.values(elements).flatMap((element) => {
    if (element.elementType !== 'userTask' || element.formKey !== formKey) return [];
    return element.outcomes.flatMap(({ code, requires = [], affirms = [] }) =>
      [...requires, ...affirms]
        .filter((linkId) => !known.has(linkId))
        .map(
          (linkId): Finding => ({
            elementId: element.id,
            rule: 'outcome-requires',
            severity: 'error',
            message: `The outcome ${code} requires "${linkId}", which the form ${formKey} does not ask. Name a question of the form.`,
            messageZh: `结论 ${code} 要求回答“${linkId}”，但表单 ${formKey} 中没有该问题，请更正。`,
          }),
        ),
    );
  });
}

/** Lists are the same for everybody: what is kept from somebody is left out of them. */
export function shownInLists(questionnaire: Questionnaire, { titleFacts, patient }: ServiceDescriptor): readonly Finding[] {
  const guarded = guardedItems(questionnaire);
  return allItems(questionnaire.item ?? []).flatMap((item): readonly Finding[] => {
    if (!guarded.has(item.linkId)) return [];
    const { fact } = settingsOf(item);
    const isTitle = fact !== undefined && titleFacts.includes(fact);
    if (!isTitle && (patient?.name !== item.linkId || patient.isListed === false)) return [];
    return [
      {
        elementId: item.linkId,
        rule: 'form-access-list',
        severity: 'warning',
        message: isTitle
          ? `The fact "${fact}" is kept from somebody and does not stand in titles, which are the same for everybody.`
          : 'The name of the patient is kept from somebody and does not stand in lists, which are the same for everybody.',
        messageZh: isTitle
          ? `事实“${fact}”对部分人不可见，列表标题人人相同，因此不显示它。`
          : '患者姓名对部分人不可见，列表人人相同，因此不显示它。',
      },
    ];
  });
}
