import { describe, expect, it } from 'vitest';
import { extractObservations } from './extract.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const extract = (how: boolean | string): Extension => ({
  url: `${SDC}observationExtract`,
  ...(typeof how === 'boolean' ? { valueBoolean: how } : { valueCode: how }),
});
const coded = (linkId: string, type: QuestionnaireItem['type'], more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  type,
  text: linkId,
  code: [{ system: 'http://x.org', code: linkId }],
  ...more,
});
const answered = (...item: readonly ResponseItem[]): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item,
});
const form = (item: readonly QuestionnaireItem[], extension: readonly Extension[] = [extract(true)]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  extension,
  item,
});
const context = { authored: '2026-11-29T10:00:00+08:00', subject: { reference: 'Patient/1' } };
const observed = (questionnaire: Questionnaire, response: QuestionnaireResponse) =>
  extractObservations(questionnaire, response, context).entry.map(({ resource }) => resource);

describe('observations from answers', () => {
  it('have code, subject, time and value, a number its unit', () => {
    const kg = { system: 'http://unitsofmeasure.org', code: 'kg', display: '公斤' };
    const weight = coded('weight', 'decimal', {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit', valueCoding: kg }],
    });
    expect(observed(form([weight]), answered({ linkId: 'weight', answer: [{ valueDecimal: 70 }] }))).toEqual([
      {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ system: 'http://x.org', code: 'weight' }], text: 'weight' },
        subject: { reference: 'Patient/1' },
        effectiveDateTime: '2026-11-29T10:00:00+08:00',
        valueQuantity: { value: 70, unit: '公斤', system: 'http://unitsofmeasure.org', code: 'kg' },
      },
    ]);
  });

  it.each([
    ['boolean', { valueBoolean: false }, { valueBoolean: false }],
    ['integer', { valueInteger: 3 }, { valueInteger: 3 }],
    ['decimal', { valueDecimal: 1.5 }, { valueQuantity: { value: 1.5 } }],
    ['quantity', { valueQuantity: { value: 2, unit: 'mg' } }, { valueQuantity: { value: 2, unit: 'mg' } }],
    ['choice', { valueCoding: { code: 'x', display: 'X' } }, { valueCodeableConcept: { coding: [{ code: 'x', display: 'X' }] } }],
    ['text', { valueString: 'words' }, { valueString: 'words' }],
    ['date', { valueDate: '2026-11-29' }, { valueDateTime: '2026-11-29' }],
    ['time', { valueTime: '08:00:00' }, { valueTime: '08:00:00' }],
  ] as const)('hold the answer to a %s', (type, answer, value) => {
    expect(observed(form([coded('a', type)]), answered({ linkId: 'a', answer: [answer] }))).toMatchObject([value]);
  });

  it('are one for each answer, and none for what has no code, says no, or is a file', () => {
    const questionnaire = form([
      coded('many', 'string', { repeats: true }),
      coded('not', 'string', { extension: [extract(false)] }),
      { linkId: 'plain', type: 'string' },
      coded('file', 'attachment'),
    ]);
    const text = (linkId: string, ...texts: readonly string[]): ResponseItem => ({
      linkId,
      answer: texts.map((valueString) => ({ valueString })),
    });
    const response = answered(text('many', 'x', 'y'), text('not', 'x'), text('plain', 'x'), {
      linkId: 'file',
      answer: [{ valueAttachment: { url: 'file:1' } }],
    });
    expect(observed(questionnaire, response).map(({ valueString }) => valueString)).toEqual(['x', 'y']);
  });

  it('go together with the group around them, as components or members', () => {
    const pressure = (way: string): Questionnaire =>
      form(
        [
          coded('bp', 'group', {
            extension: [extract('independent')],
            item: [coded('sys', 'integer', { extension: [extract(way)] }), coded('dia', 'integer', { extension: [extract(way)] })],
          }),
        ],
        [],
      );
    const response = answered({
      linkId: 'bp',
      item: [
        { linkId: 'sys', answer: [{ valueInteger: 120 }] },
        { linkId: 'dia', answer: [{ valueInteger: 80 }] },
      ],
    });
    expect(observed(pressure('component'), response)).toMatchObject([
      { code: { text: 'bp' }, component: [{ valueInteger: 120 }, { valueInteger: 80 }] },
    ]);
    const { entry } = extractObservations(pressure('member'), response, context);
    expect(entry.map(({ resource }) => resource.code.text)).toEqual(['sys', 'dia', 'bp']);
    expect(entry[2]?.resource.hasMember).toEqual([{ reference: entry[0]?.fullUrl }, { reference: entry[1]?.fullUrl }]);
  });

  it('have the same ids whenever the same response is read', () => {
    const questionnaire = form([coded('a', 'string')]);
    const response = answered({ linkId: 'a', answer: [{ valueString: 'x' }] });
    const [first] = extractObservations(questionnaire, response, context).entry;
    expect(first?.fullUrl).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(extractObservations(questionnaire, response, context).entry[0]?.fullUrl).toBe(first?.fullUrl);
  });
});
