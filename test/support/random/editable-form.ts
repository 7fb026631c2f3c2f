/** Random forms with everything that a form may carry, known and unknown, and random edits of them. */

import fc from 'fast-check';
import { EXTENSION } from '#core/form/extensions.ts';
import { inEnglish } from '#core/form/localize.ts';
import type { AnswerOption, EnableWhen, Extension, ItemType, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { control } from '#core/form/sample-form.ts';
import { applyEdit, type FormEdit } from '#core/form-edit/edit.ts';
import type { ItemChanges } from '#core/form-edit/item-changes.ts';
import { anOption } from '#core/form-edit/option-setting.ts';
import { fitsType } from '#core/form-edit/setting-types.ts';
import { findItem, itemsBelow, linkIdsIn } from '#core/form-edit/tree.ts';

const TYPES: readonly ItemType[] = [
  ...(['group', 'group', 'group', 'display', 'boolean', 'decimal', 'integer', 'date', 'dateTime', 'time', 'string', 'text'] as const),
  ...(['url', 'choice', 'choice', 'open-choice', 'attachment', 'reference', 'quantity'] as const),
];

const MARK = 'https://example.org/fhir/unknown';

const spec = fc.record({
  type: fc.constantFrom(...TYPES),
  parent: fc.nat(30),
  asks: fc.nat(30),
  flags: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  options: fc.integer({ min: 1, max: 4 }),
});
type Spec = typeof spec extends fc.Arbitrary<infer Value> ? Value : never;

/** Members and extensions stand in the order of our own forms, unknown ones among them. */
export const editableForm: fc.Arbitrary<Questionnaire> = fc.array(spec, { minLength: 2, maxLength: 12 }).map((specs) => {
  const children = new Map<number, number[]>();
  for (const [index, { parent }] of specs.entries()) {
    const at = index === 0 ? -1 : (parent % (index + 1)) - 1;
    const holds = at >= 0 && specs[at]?.type === 'group';
    children.set(holds ? at : -1, [...(children.get(holds ? at : -1) ?? []), index]);
  }
  const build = (index: number): QuestionnaireItem => {
    const below = (children.get(index) ?? []).map(build);
    return itemOf(specs, index, below);
  };
  return {
    resourceType: 'Questionnaire',
    url: 'https://example.org/Questionnaire/random',
    title: '随机表单',
    _title: inEnglish('Random form'),
    status: 'draft',
    extension: [{ url: MARK, valueString: 'form' }],
    item: (children.get(-1) ?? []).map(build),
  };
});

const linkIdOf = (index: number): string => `q${index}`;

function itemOf(specs: readonly Spec[], index: number, below: readonly QuestionnaireItem[]): QuestionnaireItem {
  const { type, flags, asks, options } = specs[index] as Spec;
  const [isTranslated, isRequired, isRepeating, hasCondition, isMarked, hasExpression, hasFact, hasHelp, isHidden, hasInitial] = flags;
  const isQuestion = type !== 'group' && type !== 'display';
  const asked = index === 0 ? -1 : asks % index;
  const askedType = specs[asked]?.type;
  const extension: Extension[] = [
    ...(isMarked ? [{ url: MARK, extension: [{ url: 'of', valueString: linkIdOf(index) }] }] : []),
    ...(isHidden ? [{ url: EXTENSION.hidden, valueBoolean: true }] : []),
    ...(hasExpression && type !== 'display'
      ? [
          {
            url: EXTENSION.variable,
            valueExpression: {
              name: `v${index}`,
              language: 'text/fhirpath',
              expression: `%resource.descendants().where(linkId = '${linkIdOf(Math.max(asked, 0))}').answer.value`,
            },
          },
        ]
      : []),
    ...(hasFact && fitsType('fact', type) ? [{ url: EXTENSION.fact, valueString: `fact${index}` }] : []),
    ...(type === 'reference' ? [{ url: EXTENSION.referenceKind, valueCode: 'person' }] : []),
  ];
  const help: QuestionnaireItem = {
    linkId: `${linkIdOf(index)}.help`,
    type: 'display',
    text: '说明',
    extension: [control('help')],
  };
  const item = [...(hasHelp && isQuestion ? [help] : []), ...below];
  const enableWhen = hasCondition && asked >= 0 ? conditionOn(linkIdOf(asked), askedType) : [];
  return {
    linkId: linkIdOf(index),
    type,
    text: `问题 ${index}`,
    ...(isTranslated ? { _text: inEnglish(`Question ${index}`) } : {}),
    ...(extension.length > 0 ? { extension } : {}),
    ...(isMarked ? { unknownMember: { of: linkIdOf(index) } } : {}),
    ...(enableWhen.length > 0 ? { enableWhen } : {}),
    ...(isRequired && type !== 'display' ? { required: true } : {}),
    ...(isRepeating && type !== 'display' ? { repeats: true } : {}),
    ...(type === 'choice' || type === 'open-choice'
      ? { answerOption: Array.from({ length: options }, (_, at) => optionOf(at, isMarked)) }
      : {}),
    ...(hasInitial && type === 'integer' ? { initial: [{ valueInteger: index }] } : {}),
    ...(item.length > 0 ? { item } : {}),
  };
}

const optionOf = (at: number, isMarked = false): AnswerOption => ({
  valueCoding: { code: 'abcdef'[at] ?? 'z', display: `选项 ${at}`, ...(at % 2 === 0 ? { _display: inEnglish(`Option ${at}`) } : {}) },
  ...(isMarked
    ? { extension: [{ url: MARK, valueInteger: at }, ...(at === 1 ? [{ url: EXTENSION.ordinalValue, valueDecimal: at }] : [])] }
    : {}),
});

function conditionOn(question: string, type: ItemType | undefined): readonly EnableWhen[] {
  if (type === 'boolean') return [{ question, operator: '=', answerBoolean: true }];
  if (type === 'integer') return [{ question, operator: '>', answerInteger: 2 }];
  if (type === 'choice') return [{ question, operator: '=', answerCoding: { code: 'a' } }];
  return type === 'group' || type === 'display' ? [] : [{ question, operator: 'exists', answerBoolean: true }];
}

/** Numbers from which an edit of whatever form there is follows. */
export const editSeed = fc.record({ kind: fc.nat(8), item: fc.nat(40), parent: fc.nat(40), index: fc.nat(8), what: fc.nat(60) });
export type EditSeed = typeof editSeed extends fc.Arbitrary<infer Value> ? Value : never;

export function editFrom(questionnaire: Questionnaire, { kind, item, parent, index, what }: EditSeed): FormEdit {
  const ids = linkIdsIn(questionnaire.item ?? []);
  const linkId = ids[item % Math.max(ids.length, 1)] ?? 'none';
  const holders = [null, ...ids.filter((id) => findItem(questionnaire, id)?.item.type === 'group')];
  const at = holders[parent % holders.length] ?? null;
  const place = { parent: at, index: index % (itemsBelow(questionnaire, at).length + 1) };
  const type = TYPES[what % TYPES.length] ?? 'string';
  switch (kind) {
    case 0:
      return { kind: 'insert', item: newItem(`n${what}`, type), ...place };
    case 1:
      return { kind: 'insert-group', items: [{ linkId, type: 'group', text: '新组', item: [newItem(`${linkId}.x`, type)] }], ...place };
    case 2:
    case 3:
      return { kind: 'move', linkId, ...place };
    case 4:
      return { kind: 'remove', linkId };
    case 5:
      return { kind: 'rename', linkId, to: `r${what}` };
    case 6:
      return { kind: 'set', linkId, changes: { type } };
    case 7:
      return { kind: 'set', linkId, changes: changesFrom(what) };
    default:
      return { kind: 'set-options', linkId, options: ['b', 'a', `o${what}`].slice(what % 3).map((code) => anOption(code, `新 ${code}`)) };
  }
}

const newItem = (linkId: string, type: ItemType): QuestionnaireItem => ({
  linkId,
  type,
  text: '新问题',
  ...(type === 'choice' || type === 'open-choice' ? { answerOption: [optionOf(0), optionOf(1)] } : {}),
});

const CHANGES: readonly Partial<ItemChanges>[] = [
  { text: '另一个问题' },
  { translations: { en: 'Another question' } },
  { translations: {} },
  { required: true },
  { required: false },
  { repeats: true },
  { repeats: false },
  { hidden: true },
  { hidden: false },
  { fact: 'other' },
  { help: { text: '新的说明', translations: { en: 'New help' } } },
  { help: null },
  { variables: [{ name: 'x', expression: '1 + 1' }] },
  { variables: [] },
  { enableWhen: [] },
  { constraints: [{ key: 'k', expression: 'true', human: '须为真', translations: { en: 'Must be true' }, severity: 'error' }] },
];

const changesFrom = (what: number): Partial<ItemChanges> => CHANGES[what % CHANGES.length] ?? {};

/** As many edits as are not refused. */
export function edited(questionnaire: Questionnaire, seeds: readonly EditSeed[]): Questionnaire {
  return seeds.reduce((form, seed) => {
    const result = applyEdit(form, editFrom(form, seed));
    return result.kind === 'done' ? result.questionnaire : form;
  }, questionnaire);
}

/** Everything unknown that the JSON carries, as text in order. */
export const unknownIn = (questionnaire: Questionnaire): readonly string[] =>
  [...JSON.stringify(questionnaire).matchAll(/\{"url":"https:\/\/example\.org\/fhir\/unknown"[^}]*\}|"unknownMember":\{[^}]*\}/g)]
    .map(([text]) => text)
    .sort();
