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
    const assembled = assemble(pair, partsAmong([person, name]));
    const ids = assembled.kind === 'assembled' ? assembled.questionnaire.item?.map(({ linkId }) => linkId) : [];
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

  it('that contains itself is refused', () => {
    const one = form('http://x.org/one', [part('p', 'http://x.org/two')]);
    const two = form('http://x.org/two', [part('q', 'http://x.org/two')]);
    expect(assemble(one, partsAmong([one, two]))).toMatchObject({ kind: 'incomplete', reason: 'circle', canonical: 'http://x.org/two' });
  });
});
