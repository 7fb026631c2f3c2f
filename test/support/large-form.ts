/** A form of 800 items in 80 groups, of which half are enabled; each group scores itself, and the form sums the scores. */
import type { Extension, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';

const GROUPS = 80;
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

const expression = (kind: string, source: string): Extension => ({
  url: `${SDC}${kind}`,
  valueExpression: { language: 'text/fhirpath', expression: source },
});
const itemOf = (group: number, linkId: string): string =>
  `%resource.item.where(linkId='g${group}').item.where(linkId='${linkId}').answer.value`;
const choices = [0, 1, 2, 3].map((score) => ({
  valueCoding: { code: `c${score}`, display: `选项 ${score}` },
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: score }],
}));

function groupOf(group: number): QuestionnaireItem {
  const id = (name: string): string => `g${group}.${name}`;
  const choice = (name: string): QuestionnaireItem => ({
    linkId: id(name),
    type: 'choice',
    text: `问题 ${name}`,
    required: true,
    answerOption: choices,
  });
  const scores = ['a', 'b', 'c'].map((name) => itemOf(group, id(name))).join(' | ');
  return {
    linkId: `g${group}`,
    type: 'group',
    text: `第 ${group + 1} 组`,
    // Every second group is asked for only where the one before it says so.
    ...(group % 2 === 1 ? { enableWhen: [{ question: `g${group - 1}.more`, operator: '=', answerBoolean: true }] } : {}),
    item: [
      choice('a'),
      choice('b'),
      choice('c'),
      { linkId: id('more'), type: 'boolean', text: '还有更多' },
      { linkId: id('n'), type: 'integer', text: '次数' },
      {
        linkId: id('score'),
        type: 'decimal',
        text: '得分',
        readOnly: true,
        extension: [expression('calculatedExpression', `(${scores}).ordinal().sum()`)],
      },
      { linkId: id('why'), type: 'text', text: '原因', extension: [expression('enableWhenExpression', `${itemOf(group, id('n'))} > 3`)] },
      { linkId: id('date'), type: 'date', text: '日期' },
      { linkId: id('note'), type: 'string', text: '备注' },
    ],
  };
}

export const LARGE_FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  title: '八百项',
  item: [
    ...Array.from({ length: GROUPS }, (_, group) => groupOf(group)),
    {
      linkId: 'total',
      type: 'decimal',
      text: '总分',
      readOnly: true,
      extension: [
        expression(
          'calculatedExpression',
          Array.from(
            { length: 8 },
            (_, index) => `iif(${itemOf(index, `g${index}.score`)}.exists(), ${itemOf(index, `g${index}.score`)}, 0)`,
          ).join(' + '),
        ),
      ],
    },
  ],
};

/** Half of the groups answered. */
export function largeResponse(): QuestionnaireResponse {
  const coding = (group: number, name: string): ResponseItem => ({
    linkId: `g${group}.${name}`,
    answer: [{ valueCoding: { code: `c${(group + name.charCodeAt(0)) % 4}` } }],
  });
  const item = Array.from({ length: GROUPS / 2 }, (_, index): ResponseItem => {
    const group = index * 2;
    return {
      linkId: `g${group}`,
      item: [
        coding(group, 'a'),
        coding(group, 'b'),
        coding(group, 'c'),
        { linkId: `g${group}.n`, answer: [{ valueInteger: 5 }] },
        { linkId: `g${group}.why`, answer: [{ valueString: '因为' }] },
        { linkId: `g${group}.date`, answer: [{ valueDate: '2026-11-29' }] },
      ],
    };
  });
  return { resourceType: 'QuestionnaireResponse', status: 'in-progress', item };
}

/** The same response but for one answer, in one group after another: what others follow from, a score or whether a question is asked. */
export function withOther(response: QuestionnaireResponse, round: number): QuestionnaireResponse {
  const items = response.item ?? [];
  const index = round % items.length;
  const turn = Math.floor(round / items.length);
  const asked = turn % 2 === 0 ? 'a' : 'n';
  const change = (each: ResponseItem): ResponseItem => {
    if (!each.linkId.endsWith(`.${asked}`)) return each;
    const answer = asked === 'n' ? { valueInteger: (turn >> 1) % 2 } : { valueCoding: { code: `c${(turn >> 1) % 2}` } };
    return { ...each, answer: [answer] };
  };
  return { ...response, item: items.map((group, at) => (at === index ? { ...group, item: group.item?.map(change) } : group)) };
}
