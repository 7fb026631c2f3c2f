import { describe, expect, it } from 'vitest';
import { assemble, partsAmong } from './assemble.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from './questionnaire.ts';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const form = (url: string, item: readonly QuestionnaireItem[], more: Partial<Questionnaire> = {}): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  url,
  item,
  ...more,
});
const part = (linkId: string, valueCanonical: string, prefix?: string): QuestionnaireItem => ({
  linkId,
  type: 'display',
  extension: [
    { url: `${SDC}subQuestionnaire`, valueCanonical },
    ...(prefix === undefined
      ? []
      : [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/variable',
            valueExpression: { name: 'linkIdPrefix', language: 'text/fhirpath', expression: `'${prefix}'` },
          },
        ]),
  ],
});
const launch: Extension = { url: `${SDC}launchContext`, extension: [{ url: 'name', valueString: 'patient' }] };

const name = form(
  'http://x.org/name',
  [
    { linkId: 'family', type: 'string' },
    {
      linkId: 'given',
      type: 'choice',
      answerValueSet: '#set',
      enableWhen: [{ question: 'family', operator: 'exists', answerBoolean: true }],
    },
  ],
  { version: '2', extension: [launch], contained: [{ resourceType: 'ValueSet', id: 'set' }] },
);

describe('a form made of others', () => {
  it('has their items in place, with a prefix, and what they need', () => {
    const whole = form('http://x.org/whole', [{ linkId: 'g', type: 'group', item: [part('p', 'http://x.org/name|2', 'n.')] }], {
      contained: [{ resourceType: 'ValueSet', id: 'set', compose: {} }],
    });
    expect(assemble(whole, partsAmong([whole, name]))).toEqual({
      kind: 'assembled',
      questionnaire: {
        ...whole,
        contained: [
          { resourceType: 'ValueSet', id: 'set', compose: {} },
          { resourceType: 'ValueSet', id: 'set-1' },
        ],
        extension: [launch, { url: `${SDC}assembledFrom`, valueCanonical: 'http://x.org/name|2' }],
        item: [
          {
            linkId: 'g',
            type: 'group',
            item: [
              { linkId: 'n.family', type: 'string' },
              {
                linkId: 'n.given',
                type: 'choice',
                answerValueSet: '#set-1',
                enableWhen: [{ question: 'n.family', operator: 'exists', answerBoolean: true }],
              },
            ],
          },
        ],
      },
    });
  });

  it('may have parts with parts, and the same part twice', () => {
    const person = form('http://x.org/person', [part('p', 'http://x.org/name', 'name.')]);
    const pair = form('http://x.org/pair', [part('a', 'http://x.org/person', 'a.'), part('b', 'http://x.org/person', 'b.')]);
    const made = assemble(pair, partsAmong([person, name]));
    const ids = made.kind === 'assembled' ? made.questionnaire.item?.map(({ linkId }) => linkId) : [];
    expect(ids).toEqual(['a.name.family', 'a.name.given', 'b.name.family', 'b.name.given']);
  });

  it('is the same object where it has none', () => {
    expect(assemble(name, partsAmong([]))).toEqual({ kind: 'assembled', questionnaire: name });
  });

  it.each([
    ['is not there', [], 'missing'],
    ['is there in another version only', [{ ...name, version: '1' }], 'missing'],
  ])('says which part %s', (_name, parts, reason) => {
    const whole = form('http://x.org/whole', [part('p', 'http://x.org/name|2')]);
    expect(assemble(whole, partsAmong(parts))).toEqual({ kind: 'incomplete', linkId: 'p', canonical: 'http://x.org/name|2', reason });
  });

  const variable = (name: string, expression: string): Extension => ({
    url: 'http://hl7.org/fhir/StructureDefinition/variable',
    valueExpression: { name, language: 'text/fhirpath', expression },
  });
  const calculated = (expression: string): Extension => ({
    url: `${SDC}calculatedExpression`,
    valueExpression: { language: 'text/fhirpath', expression },
  });
  const assembled = (whole: Questionnaire, ...parts: readonly Questionnaire[]): Questionnaire => {
    const made = assemble(whole, partsAmong(parts));
    if (made.kind !== 'assembled') throw new Error(made.reason);
    return made.questionnaire;
  };

  it('has the prefix that is declared around the part, also in what it computes', () => {
    const asked = "%resource.descendants().where(linkId=%linkIdPrefix + 'weight').answer.value";
    const body = form('http://x.org/body', [
      { linkId: 'weight', type: 'decimal' },
      { linkId: 'double', type: 'decimal', extension: [calculated(`${asked} * 2`)] },
      { linkId: 'name', type: 'string', extension: [calculated('%linkIdPrefix')] },
    ]);
    const around = {
      linkId: 'g',
      type: 'group',
      extension: [variable('linkIdPrefix', "'b.'")],
      item: [part('p', 'http://x.org/body')],
    } as const;
    expect(assembled(form('http://x.org/whole', [around]), body).item?.[0]?.item).toEqual([
      { linkId: 'b.weight', type: 'decimal' },
      {
        linkId: 'b.double',
        type: 'decimal',
        extension: [calculated("%resource.descendants().where(linkId='b.weight').answer.value * 2")],
      },
      { linkId: 'b.name', type: 'string', extension: [calculated("'b.'")] },
    ]);
  });

  it('has the variables of a part where the part stands, and one name there once', () => {
    const [one, other] = ['1', '2'].map((value) =>
      form(`http://x.org/${value}`, [{ linkId: `i${value}`, type: 'integer' }], { extension: [variable('v', value)] }),
    );
    if (!one || !other) throw new Error('two parts');
    const group = (linkId: string, ...item: readonly QuestionnaireItem[]): QuestionnaireItem => ({ linkId, type: 'group', item });
    const apart = form('http://x.org/apart', [group('g', part('p', 'http://x.org/1')), group('h', part('q', 'http://x.org/2'))]);
    expect(assembled(apart, one, other).item?.map(({ extension }) => extension)).toEqual([[variable('v', '1')], [variable('v', '2')]]);
    const together = form('http://x.org/together', [part('p', 'http://x.org/1'), part('q', 'http://x.org/2')]);
    expect(assemble(together, partsAmong([one, other]))).toMatchObject({ kind: 'incomplete', linkId: 'q', reason: 'variable' });
  });

  it('finds the units of a part under the id that they have now', () => {
    const units = (valueCanonical: string): Extension => ({
      url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitValueSet',
      valueCanonical,
    });
    const dose = form('http://x.org/dose', [{ linkId: 'dose', type: 'quantity', extension: [units('#set')] }], {
      contained: [{ resourceType: 'ValueSet', id: 'set' }],
    });
    const whole = form('http://x.org/whole', [part('p', 'http://x.org/dose')], {
      contained: [{ resourceType: 'ValueSet', id: 'set', compose: {} }],
    });
    expect(assembled(whole, dose).item).toEqual([{ linkId: 'dose', type: 'quantity', extension: [units('#set-1')] }]);
  });

  it('with parts that have ever more parts is refused', () => {
    const parts = Array.from({ length: 30 }, (_, index) =>
      form(`http://x.org/${index}`, [part('l', `http://x.org/${index + 1}`, 'l'), part('r', `http://x.org/${index + 1}`, 'r')]),
    );
    const [whole, ...others] = [...parts, form('http://x.org/30', [{ linkId: 'a', type: 'string' }])];
    if (!whole) throw new Error('a whole');
    expect(assemble(whole, partsAmong(others))).toMatchObject({ kind: 'incomplete', reason: 'too-many' });
  });

  it('that contains itself is refused', () => {
    const one = form('http://x.org/one', [part('p', 'http://x.org/two')]);
    const two = form('http://x.org/two', [part('q', 'http://x.org/two')]);
    expect(assemble(one, partsAmong([one, two]))).toMatchObject({ kind: 'incomplete', reason: 'circle', canonical: 'http://x.org/two' });
  });
});
