import { describe, expect, it } from 'vitest';
import { checkQuestionnaire } from '#core/form/check.ts';
import { fhirpathEngine } from '#core/form/expression/fhirpath.ts';
import { parseQuestionnaire } from '#core/form/parse.ts';
import { ITEM_TYPES, type QuestionnaireItem } from '#core/form/questionnaire.ts';
import { a, answers, form, g } from '#core/form/sample-form.ts';
import { validateResponse } from '#core/form/validate.ts';
import { applyEdit } from './edit.ts';
import { FIELD_GROUPS, SINGLE_FIELDS } from './field-library.ts';
import { readItem } from './item-settings.ts';
import { linkIdsIn } from './tree.ts';

/** Section 3 of the requirements, word for word but for what explains it. `name type*`. */
const REQUIREMENTS: Readonly<Record<string, string>> = {
  'G-APP':
    'applicant ref(Person)*, applicant_org ref(Org)*, dept ref(Dept)*, phone phone*, apply_time dt*, urgency enum{routine, urgent, emergency}*, reason long*',
  'G-PAT':
    'patient ref(Patient)*, name text*, sex enum*, birth_date date*, id_no id, phone phone*, guardian text, insurance_kind code, record_no table{org, number}, allergies long*, pregnant bool, address addr',
  'G-CLIN':
    'chief_complaint text*, history_present long*, history_past long, exam_findings long, vitals table{kind, value, unit, time}, diagnoses table{code, main, date}*, treatment_so_far long, current_orders table{code, dose, route, since}, results table{code, value, unit, range, flag, date, org}',
  'G-ATT': 'record_files file[], reports file[], images study[], pathology_slides study[], video file[], note_per_file text',
  'G-CON':
    'consent_given bool*, consent_scope multi{consult, share history, teaching use, research use}, consent_by enum{patient, guardian, emergency exception}*, signature sign*, valid_until date',
  'G-ARR':
    'time dt*, form enum{video, phone, voice, asynchronous, in person}*, content long*, room ref(Room), experts ref(Person)[]*, duration int, what_to_prepare long, device_need enum{5G room, workstation, phone}',
  'G-PREP': 'checklist table{item, done, by, at}, ready bool*, problem long',
  'G-OPN':
    'opinion long*, diagnosis_after table{code}, advice_exam long, advice_treatment long, advice_disposition enum{stay, refer up, refer down, surgery, follow-up, other}, sign sign*',
  'G-EXV': 'material_quality score*, indication_fit score*, cooperation score*, technical_quality score*, remark long',
  'G-APV':
    'solved bool*, usefulness score*, timeliness score*, attitude score*, technical_quality score*, opinion_adopted enum{fully, partly, not}*, patient_outcome long, satisfaction nps, suggestion long, problem_to_settle long',
  'G-QC':
    'completeness score*, timeliness score*, compliance score*, opinion_quality score*, findings long, corrective_action table{what, who, due, done}, verdict enum{pass, improve, fail}*',
};

/** Names that our link ids spell out, or that the group says already. */
const SPELLED: Readonly<Record<string, string>> = {
  applicant_org: 'organisation',
  dept: 'department',
  id_no: 'identityNumber',
  insurance_kind: 'insurance',
  record_no: 'recordNumbers',
  exam_findings: 'examination',
  treatment_so_far: 'treatment',
  current_orders: 'orders',
  note_per_file: 'notes',
  consent_given: 'given',
  consent_scope: 'scope',
  consent_by: 'by',
  sign: 'signature',
  org: 'organisation',
};

/** What an item of each kind looks like. */
const KINDS: Readonly<Record<string, (item: QuestionnaireItem) => boolean>> = {
  text: ({ type }) => type === 'string' || type === 'text',
  long: ({ type }) => type === 'text',
  int: ({ type }) => type === 'integer',
  bool: ({ type }) => type === 'boolean',
  date: ({ type }) => type === 'date',
  dt: ({ type }) => type === 'dateTime',
  enum: ({ type, repeats = false }) => type === 'choice' && !repeats,
  multi: ({ type, repeats = false }) => type === 'choice' && repeats,
  score: (item) =>
    readItem(item)
      .options.map(({ score }) => score)
      .join() === '1,2,3,4,5',
  nps: (item) => readItem(item).maxValue?.valueInteger === 10,
  phone: (item) => item.type === 'string' && readItem(item).regex !== '',
  id: (item) => readItem(item).constraints.length === 1,
  addr: ({ type }) => type === 'string',
  code: ({ type }) => type === 'string' || type === 'choice',
  // No register of patients is ours: they are named by their number.
  ref: (item) => item.type === 'reference' || item.linkId === 'patient.patient',
  file: ({ type, repeats = false }) => type === 'attachment' && repeats,
  study: ({ type, repeats = false }) => type === 'group' && repeats,
  sign: (item) => readItem(item).signature,
  table: (item) => item.repeats === true && readItem(item).itemControl === 'gtable',
};

const FIELD = /(\w+) (\w+)(?:\(\w+\))?(?:\{([^}]*)\})?(\[\])?(\*)?(?:, |$)/g;
const camelCase = (name: string): string => SPELLED[name] ?? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

describe('the groups of the requirements', () => {
  it.each(Object.entries(REQUIREMENTS))('%s has the fields that are asked for, and no others', (key, asked) => {
    const entry = FIELD_GROUPS.find((each) => each.key === key);
    const items = entry?.item.item ?? [];
    const fields = [...asked.matchAll(FIELD)].map(([, name = '', kind = '', list = '', many, star]) => ({ name, kind, list, many, star }));
    const prefix = entry?.item.linkId;
    expect(items.map(({ linkId }) => linkId)).toEqual(fields.map(({ name }) => `${prefix}.${camelCase(name)}`));
    for (const [index, { kind, list, many, star }] of fields.entries()) {
      const item = items[index] as QuestionnaireItem;
      expect([item.linkId, item.required ?? false]).toEqual([item.linkId, star !== undefined]);
      expect([item.linkId, KINDS[kind]?.(item)]).toEqual([item.linkId, true]);
      if (many) expect(item.repeats).toBe(true);
      const parts = list === '' ? [] : list.split(', ');
      if (kind === 'table')
        expect(item.item?.map(({ linkId }) => linkId)).toEqual(parts.map((part) => `${item.linkId}.${camelCase(part)}`));
      else if (parts.length > 0) expect(item.answerOption).toHaveLength(parts.length);
    }
  });

  it('are eleven', () => {
    expect(FIELD_GROUPS.map(({ key }) => key)).toEqual(Object.keys(REQUIREMENTS));
  });

  it.each(FIELD_GROUPS)('$key has nothing that a checker finds, in both languages', ({ item }) => {
    const made = { ...form(item), _title: item._text };
    expect(parseQuestionnaire(made)).toMatchObject({ ok: true });
    expect(checkQuestionnaire(made, fhirpathEngine)).toEqual([]);
  });

  it('can stand in one form together, twice', () => {
    const all = FIELD_GROUPS.map(({ item }) => item);
    const once = applyEdit(form(...all), { kind: 'insert-group', items: all, parent: null, index: 99 });
    if (once.kind === 'refused') throw new Error(once.code);
    const ids = linkIdsIn(once.questionnaire.item ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(checkQuestionnaire(once.questionnaire, fhirpathEngine)).toEqual([]);
  });

  it('ask a minor’s guardian, and check an identity number', () => {
    const patient = form(FIELD_GROUPS.find(({ key }) => key === 'G-PAT')?.item as QuestionnaireItem);
    const context = { engine: fhirpathEngine, now: '2026-11-30T08:00:00+08:00' };
    const issuesFor = (identityNumber: string, birthDate: string) =>
      validateResponse(
        patient,
        answers(
          g(
            'patient',
            a('patient.birthDate', { valueDate: birthDate }),
            a('patient.identityNumber', { valueString: identityNumber }),
            a('patient.guardian', { valueString: '监护人' }),
          ),
        ),
        { mode: 'draft', context },
      )
        .filter(({ code }) => code !== 'required')
        .map(({ code, linkId }) => `${linkId} ${code}`);
    expect(issuesFor('11010519491231002X', '2015-01-01')).toEqual([]);
    expect(issuesFor('110105194912310021', '1949-12-31')).toEqual(['patient.guardian not-enabled', 'patient.identityNumber constraint']);
  });
});

describe('the single fields', () => {
  it.each(SINGLE_FIELDS.filter(({ key }) => key !== 'group'))('$key has nothing that a checker finds', ({ item }) => {
    expect(checkQuestionnaire({ ...form(item), _title: item._text }, fhirpathEngine)).toEqual([]);
  });

  it('are of every type', () => {
    const types = new Set(SINGLE_FIELDS.map(({ item }) => item.type));
    expect(ITEM_TYPES.filter((type) => !types.has(type))).toEqual([]);
  });
});
