import { describe, expect, it } from 'vitest';
import { fhirpathEngine } from '../expression/fhirpath.ts';
import { EXTENSION } from '../extensions.ts';
import type { AnswerValue, Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { ResponseItem } from '../response.ts';
import { extractDefinitions } from './extract-definitions.ts';
import { fhirModel } from './fhir-model.ts';

const BASE = 'http://hl7.org/fhir/StructureDefinition/';
const begins = (type: string, more: readonly Extension[] = []): Extension => ({
  url: EXTENSION.definitionExtract,
  extension: [{ url: 'definition', valueCanonical: type.includes(':') ? type : BASE + type }, ...more],
});
const states = (path: string, value: Omit<Extension, 'url'> | string): Extension => ({
  url: EXTENSION.definitionExtractValue,
  extension: [
    { url: 'definition', valueUri: define(path) },
    typeof value === 'string'
      ? { url: 'expression', valueExpression: { language: 'text/fhirpath', expression: value } }
      : { url: 'fixed-value', ...value },
  ],
});
const define = (path: string): string => `${BASE}${path.split('.')[0]}#${path}`;
const asks = (path: string, type: QuestionnaireItem['type'] = 'string', more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId: path,
  type,
  definition: define(path),
  ...more,
});
const answer = (path: string, ...answers: readonly AnswerValue[]): ResponseItem => ({ linkId: path, answer: answers });
const group = (linkId: string, item: readonly QuestionnaireItem[], more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  type: 'group',
  item,
  ...more,
});
const form = (item: readonly QuestionnaireItem[], extension: readonly Extension[] = [begins('Patient')]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  extension,
  item,
});

const extracted = (questionnaire: Questionnaire, ...item: readonly ResponseItem[]) =>
  extractDefinitions(
    questionnaire,
    { resourceType: 'QuestionnaireResponse', status: 'completed', authored: '2026-11-30T10:00:00+08:00', item },
    { model: fhirModel, engine: fhirpathEngine },
  );
const resources = (...given: Parameters<typeof extracted>) => extracted(...given).entry.map(({ resource }) => resource);
const missed = (...given: Parameters<typeof extracted>) =>
  extracted(...given).unmapped.map(({ linkId, definition, reason }) => `${linkId}: ${reason} ${definition.replace(BASE, '')}`);

describe('an answer fills the element that its definition names', () => {
  const coding = { system: 's', code: 'x', display: 'X' };
  it.each<[string, QuestionnaireItem['type'], AnswerValue, object]>([
    ['Patient.birthDate', 'date', { valueDate: '1980-01-02' }, { birthDate: '1980-01-02' }],
    ['Patient.active', 'boolean', { valueBoolean: true }, { active: true }],
    ['Patient.gender', 'choice', { valueCoding: { code: 'female', display: 'F' } }, { gender: 'female' }],
    ['Patient.maritalStatus', 'choice', { valueCoding: coding }, { maritalStatus: { coding: [coding] } }],
    ['Patient.maritalStatus', 'open-choice', { valueString: 'own words' }, { maritalStatus: { text: 'own words' } }],
    ['Patient.maritalStatus.coding', 'choice', { valueCoding: coding }, { maritalStatus: { coding: [coding] } }],
    [
      'Patient.managingOrganization',
      'reference',
      { valueReference: { reference: 'Organization/o' } },
      { managingOrganization: { reference: 'Organization/o' } },
    ],
    ['Patient.name.family', 'string', { valueString: '王' }, { name: [{ family: '王' }] }],
    ['Patient.name.given', 'string', { valueString: '小明' }, { name: [{ given: ['小明'] }] }],
    ['Patient.contact.name.text', 'string', { valueString: '王' }, { contact: [{ name: { text: '王' } }] }],
    ['Patient.deceased[x]', 'boolean', { valueBoolean: true }, { deceasedBoolean: true }],
    ['Patient.deceased', 'dateTime', { valueDateTime: '2026-01-01T08:00:00Z' }, { deceasedDateTime: '2026-01-01T08:00:00Z' }],
    ['Patient.telecom.rank', 'integer', { valueInteger: 1 }, { telecom: [{ rank: 1 }] }],
    ['Patient.communication.language', 'choice', { valueCoding: coding }, { communication: [{ language: { coding: [coding] } }] }],
    ['Patient.photo', 'attachment', { valueAttachment: { url: 'file:f' } }, { photo: [{ url: 'file:f' }] }],
  ])('%s from a %s', (path, type, value, filled) => {
    expect(extracted(form([asks(path, type)]), answer(path, value))).toMatchObject({
      entry: [{ resource: { resourceType: 'Patient', ...filled }, request: { method: 'POST', url: 'Patient' } }],
      unmapped: [],
    });
  });

  it.each<[string, QuestionnaireItem['type'], AnswerValue, object]>([
    ['Observation.value[x]', 'quantity', { valueQuantity: { value: 2, unit: 'mg' } }, { valueQuantity: { value: 2, unit: 'mg' } }],
    ['Observation.valueQuantity', 'decimal', { valueDecimal: 2.5 }, { valueQuantity: { value: 2.5, unit: 'kg', code: 'kg' } }],
    ['Observation.value[x]', 'string', { valueString: 'words' }, { valueString: 'words' }],
    ['Observation.value[x]', 'choice', { valueCoding: coding }, { valueCodeableConcept: { coding: [coding] } }],
    ['Observation.value[x]', 'integer', { valueInteger: 3 }, { valueInteger: 3 }],
  ])('%s, one of several types, from a %s', (path, type, value, filled) => {
    const unit = { url: EXTENSION.unit, valueCoding: { code: 'kg' } };
    const asked = form([asks(path, type, { extension: [unit] })], [begins('Observation')]);
    expect(resources(asked, answer(path, value))).toEqual([{ resourceType: 'Observation', ...filled }]);
  });
});

describe('what stands together', () => {
  const words = (valueString: string): AnswerValue => ({ valueString });

  it('fills one member of a list', () => {
    const asked = form([asks('Patient.name.family'), group('g', [asks('Patient.name.given', 'string', { repeats: true })])]);
    const given = [
      answer('Patient.name.family', words('Li')),
      { linkId: 'g', item: [answer('Patient.name.given', words('A'), words('B'))] },
    ];
    expect(resources(asked, ...given)).toEqual([{ resourceType: 'Patient', name: [{ family: 'Li', given: ['A', 'B'] }] }]);
  });

  it.each([
    ['a group that stands for the element', { definition: define('Patient.telecom') }],
    ['a repeating group', { repeats: true }],
  ])('fills another member for each row of %s', (_name, more) => {
    const fixed = states('Patient.telecom.system', { valueCode: 'phone' });
    const asked = form([
      group('g', [asks('Patient.telecom.value'), asks('Patient.telecom.rank', 'integer')], { repeats: true, extension: [fixed], ...more }),
    ]);
    const row = (value: string, valueInteger: number): ResponseItem => ({
      linkId: 'g',
      item: [answer('Patient.telecom.value', words(value)), answer('Patient.telecom.rank', { valueInteger })],
    });
    expect(resources(asked, row('1', 2), row('2', 1))).toEqual([
      {
        resourceType: 'Patient',
        telecom: [
          { value: '1', rank: 2, system: 'phone' },
          { value: '2', rank: 1, system: 'phone' },
        ],
      },
    ]);
  });

  it('fills a further member with each further answer, and what the form states beside it', () => {
    const fixed = states('Patient.telecom.system', { valueCode: 'phone' });
    const asked = form([asks('Patient.telecom.value', 'string', { repeats: true, extension: [fixed] })]);
    expect(resources(asked, answer('Patient.telecom.value', words('1'), words('2')))).toEqual([
      {
        resourceType: 'Patient',
        telecom: [
          { value: '1', system: 'phone' },
          { value: '2', system: 'phone' },
        ],
      },
    ]);
  });
});

describe('resources', () => {
  const allergy = (extension: readonly Extension[] = []) =>
    group('allergy', [asks('AllergyIntolerance.code', 'open-choice')], {
      repeats: true,
      extension: [begins('AllergyIntolerance'), ...extension],
    });
  const row = (valueString: string): ResponseItem => ({ linkId: 'allergy', item: [answer('AllergyIntolerance.code', { valueString })] });
  const named = asks('Patient.name.text');
  const name = answer('Patient.name.text', { valueString: '王小明' });

  it('begin with each row of a group that says so, beside that of the form', () => {
    expect(resources(form([named, allergy()]), name, row('nuts'), row('milk'))).toEqual([
      { resourceType: 'Patient', name: [{ text: '王小明' }] },
      { resourceType: 'AllergyIntolerance', code: { text: 'nuts' } },
      { resourceType: 'AllergyIntolerance', code: { text: 'milk' } },
    ]);
  });

  it('come to nothing without an answer, whatever the form states', () => {
    const stated = states('Patient.active', { valueBoolean: true });
    expect(extracted(form([named, allergy()], [begins('Patient'), stated]))).toEqual({ entry: [], unmapped: [] });
  });

  it('name each other by ids that the form allocates', () => {
    const id = { url: EXTENSION.extractAllocateId, valueString: 'newPatient' };
    const patient = begins('Patient', [{ url: 'fullUrl', valueString: '%newPatient' }]);
    const asked = form([named, allergy([states('AllergyIntolerance.patient.reference', '%newPatient')])], [id, patient]);
    const { entry, unmapped } = extracted(asked, name, row('nuts'));
    expect(unmapped).toEqual([]);
    expect(entry[0]?.fullUrl).toMatch(/^urn:uuid:/);
    expect(entry[1]?.resource).toMatchObject({ patient: { reference: entry[0]?.fullUrl } });
  });

  it('hold what expressions give, about the response and about the item', () => {
    const asked = form(
      [asks('Observation.valueString', 'string', { extension: [states('Observation.note.text', "answer.value + '!'")] })],
      [
        begins('Observation'),
        states('Observation.effectiveDateTime', '%resource.authored'),
        states('Observation.status', { valueCode: 'final' }),
      ],
    );
    expect(resources(asked, answer('Observation.valueString', { valueString: 'hm' }))).toEqual([
      {
        resourceType: 'Observation',
        valueString: 'hm',
        note: [{ text: 'hm!' }],
        effectiveDateTime: '2026-11-30T10:00:00+08:00',
        status: 'final',
      },
    ]);
  });

  it('hold codes in the form that the element has, whoever gives them', () => {
    const coding = { system: 's', code: 'x', display: 'X' };
    const asked = form(
      [asks('Condition.code', 'choice', { extension: [states('Condition.severity', 'answer.value')] })],
      [
        { url: EXTENSION.definitionExtract, valueCanonical: `${BASE}Condition` },
        states('Condition.category', { valueCoding: coding }),
        states('Condition.clinicalStatus', { valueCodeableConcept: { coding: [{ code: 'active' }] } }),
      ],
    );
    expect(resources(asked, answer('Condition.code', { valueCoding: coding }))).toEqual([
      {
        resourceType: 'Condition',
        code: { coding: [coding] },
        severity: { coding: [coding] },
        category: [{ coding: [coding] }],
        clinicalStatus: { coding: [{ code: 'active' }] },
      },
    ]);
  });

  it('are put where the form gives them an id, and made only once where it says so', () => {
    const known = form([named], [begins('Patient'), states('Patient.id', { valueString: 'p1' })]);
    expect(extracted(known, name).entry[0]?.request).toEqual({ method: 'PUT', url: 'Patient/p1' });
    const once = form([named], [begins('Patient', [{ url: 'ifNoneExist', valueString: "'identifier=' + '7'" }])]);
    expect(extracted(once, name).entry[0]?.request).toEqual({ method: 'POST', url: 'Patient', ifNoneExist: 'identifier=7' });
  });

  it('are of the type that older forms name, and of the one that the paths of a profile begin with', () => {
    const older = form([named], [{ url: EXTENSION.itemExtractionContext, valueCode: 'Patient' }]);
    expect(resources(older, name)).toEqual([{ resourceType: 'Patient', name: [{ text: '王小明' }] }]);
    const profile = 'http://x.org/StructureDefinition/our-patient';
    const profiled = form([{ ...named, definition: `${profile}#Patient.name.text` }], [begins(profile)]);
    expect(resources(profiled, name)).toEqual([{ resourceType: 'Patient', name: [{ text: '王小明' }] }]);
  });

  it('have the same ids each time', () => {
    const urls = () => extracted(form([named]), name).entry.map(({ fullUrl }) => fullUrl);
    expect(urls()).toEqual(urls());
  });
});

describe('what cannot be put anywhere is listed', () => {
  const words = { valueString: 'x' };
  it.each<[string, Questionnaire, ResponseItem, string]>([
    [
      'an element that there is not',
      form([asks('Patient.nothing')]),
      answer('Patient.nothing', words),
      'Patient.nothing: element Patient#Patient.nothing',
    ],
    [
      'a slice',
      form([asks('Patient.name:official.text')]),
      answer('Patient.name:official.text', words),
      'Patient.name:official.text: slice Patient#Patient.name:official.text',
    ],
    [
      'an answer of another type',
      form([asks('Patient.birthDate')]),
      answer('Patient.birthDate', words),
      'Patient.birthDate: type Patient#Patient.birthDate',
    ],
    [
      'a part of a resource that is not begun',
      form([asks('Condition.code')]),
      answer('Condition.code', words),
      'Condition.code: resource Condition#Condition.code',
    ],
    [
      'a second value where there is room for one',
      form([asks('Patient.birthDate', 'date', { repeats: true })]),
      answer('Patient.birthDate', { valueDate: '2026' }, { valueDate: '2025' }),
      'Patient.birthDate: taken Patient#Patient.birthDate',
    ],
    [
      'an expression that fails',
      form([asks('Patient.name.text', 'string', { extension: [states('Patient.active', '1 +')] })]),
      answer('Patient.name.text', words),
      'Patient.name.text: expression Patient#Patient.active',
    ],
    [
      'a resource that a query would have to find',
      form(
        [asks('Patient.name.text')],
        [{ url: EXTENSION.itemExtractionContext, valueExpression: { language: 'application/x-fhir-query', expression: 'Patient?_id=1' } }],
      ),
      answer('Patient.name.text', words),
      ': query itemExtractionContext',
    ],
    [
      'a profile of which nobody knows the type',
      form([asks('Patient.name.text')], [begins('http://x.org/y')]),
      answer('Patient.name.text', words),
      ': resource http://x.org/y',
    ],
  ])('%s', (_name, asked, given, listed) => expect(missed(asked, given)).toEqual([listed]));

  it('but not definitions that only say what an item means', () => {
    expect(extracted(form([asks('Patient.name.text')], []), answer('Patient.name.text', words))).toEqual({ entry: [], unmapped: [] });
    const meant = { ...asks('Patient.name.text'), linkId: 'm', definition: 'http://loinc.org/vs/LL1' };
    expect(missed(form([meant]), answer('m', words))).toEqual([]);
  });
});
