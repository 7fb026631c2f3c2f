import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DischargeRow, readDate, readDischargeList } from './discharge-list.ts';
import { belongsTo, diseaseSet, readIcd } from './disease.ts';
import { diseaseFigures, keySteps, stepFact } from './key-steps.ts';
import { CASE_STAGES, caseStage, reconcile, type StayStanding } from './reconciliation.ts';

const DISEASES = z
  .array(diseaseSet)
  .parse(JSON.parse(readFileSync(new URL('../../flows/disease-case/diseases.json', import.meta.url), 'utf8')));
const [AMI, CAP] = DISEASES;
if (!AMI || !CAP) throw new Error('The sample has two diseases.');
const FORM = readFileSync(new URL('../../flows/disease-case/forms/disease-case.json', import.meta.url), 'utf8');

describe('a disease', () => {
  it.each([
    ['I21.1', 'ami'],
    ['i21.100', 'ami'],
    ['I21.4', null],
    ['J18.9', 'cap'],
    ['J18', 'cap'],
    ['J18.900x002', 'cap'],
    [' J15.7† ', 'cap'],
    ['J12.8', null],
  ])('takes a stay by its main diagnosis: %s → %s', (text, expected) => {
    const icd = readIcd(text) ?? '';
    expect(DISEASES.find((disease) => belongsTo(disease, icd))?.code ?? null).toBe(expected);
  });

  it('reads no code in what is none', () => {
    expect(['肺炎', '', 'J1', '18.9'].map(readIcd)).toEqual([null, null, null, null]);
  });

  it('has a question of the form for every step', () => {
    for (const { code, steps } of DISEASES)
      for (const step of steps)
        for (const part of ['Done', 'At', 'Missed'] as const) expect(FORM).toContain(`"${stepFact(code, step.code, part)}"`);
  });
});

const row = (given: Partial<DischargeRow> = {}): DischargeRow => ({
  stayNumber: 'Z001',
  icd: 'J18.9',
  dischargedOn: '2026-11-16',
  ...given,
});

describe('a discharge list', () => {
  it('gives the eligible stays, and says of every other row what it is', () => {
    const reading = readDischargeList(
      [
        row(),
        row({ stayNumber: ' ｚ001 ' }),
        row({ stayNumber: '' }),
        row({ icd: '肺炎' }),
        row({ dischargedOn: '2026-02-30' }),
        row({ stayNumber: 'Z2', dischargedOn: '2027-01-01' }),
        row({ stayNumber: 'Z3', icd: 'K35.8' }),
        row({ stayNumber: 'Z4', icd: 'I21.0', dischargedOn: '2026/11/6' }),
      ],
      DISEASES,
      '2026-11-20',
    );
    expect(reading.stays.map(({ line, disease, stayNumber, dischargedOn }) => [line, disease, stayNumber, dischargedOn])).toEqual([
      [1, 'cap', 'Z001', '2026-11-16'],
      [8, 'ami', 'Z4', '2026-11-06'],
    ]);
    expect(reading.problems.map(({ line, problem }) => [line, problem])).toEqual([
      [2, 'twice-in-list'],
      [3, 'stay-number-missing'],
      [4, 'icd-unreadable'],
      [5, 'date-unreadable'],
      [6, 'discharged-in-future'],
      [7, 'not-eligible'],
    ]);
  });

  it.each(['2026-11-16', '2026/11/16', '2026.11.16', '20261116', '2026年11月16日', '2026-11-16 08:30', '2026-11-16T00:00:00.000Z'])(
    'reads the day in %s',
    (text) => expect(readDate(text)).toBe('2026-11-16'),
  );

  it('loses no row: each is a stay or a problem, and no stay of a disease comes twice', () => {
    const rows = fc.array(
      fc.record({
        stayNumber: fc.constantFrom('', 'a', 'A', 'b', 'ｂ', 'c1'),
        icd: fc.constantFrom('J18.9', 'I21.1', 'K35', '?'),
        dischargedOn: fc.constantFrom('2026-11-01', '2026/11/2', 'x', '2099-01-01'),
      }),
    );
    fc.assert(
      fc.property(rows, (given) => {
        const { stays, problems } = readDischargeList(given, DISEASES, '2026-11-20');
        const lines = new Set([...stays, ...problems].map(({ line }) => line));
        expect(lines.size).toBe(given.length);
        const keys = stays.map(({ disease, stayNumber }) => `${disease}/${stayNumber}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

describe('key steps', () => {
  const facts = {
    admittedAt: '2026-11-08T10:00:00+08:00',
    capOxygenationDone: true,
    capOxygenationAt: '2026-11-08T13:59:00+08:00',
    capAntibioticDone: true,
    capAntibioticAt: '2026-11-08T17:00:00+08:00',
    capCultureDone: false,
    capCultureAt: null,
    capCultureMissed: 'refused',
  };

  it('are in time, late, or missed with their reason', () => {
    expect(keySteps(CAP, facts)).toEqual([
      { code: 'oxygenation', state: 'in-time', due: '2026-11-08T06:00:00.000Z', doneAt: '2026-11-08T05:59:00.000Z', missed: null },
      { code: 'antibiotic', state: 'late', due: '2026-11-08T08:00:00.000Z', doneAt: '2026-11-08T09:00:00.000Z', missed: null },
      { code: 'culture', state: 'missed', due: '2026-11-10T02:00:00.000Z', doneAt: null, missed: 'refused' },
    ]);
    expect(keySteps(CAP, {})).toBeNull();
  });

  it('are figures of the disease: a rate over all, one a step, deaths and readmissions', () => {
    const steps = keySteps(CAP, facts) ?? [];
    const cases = [
      { steps, outcome: 'died', readmitted: false },
      { steps: steps.map((step) => ({ ...step, state: 'in-time' as const })), outcome: 'improved', readmitted: true },
    ];
    expect(diseaseFigures(CAP, cases)).toEqual([
      { code: 'cap-key-steps', numerator: 4, denominator: 6 },
      { code: 'cap-oxygenation', numerator: 2, denominator: 2 },
      { code: 'cap-antibiotic', numerator: 1, denominator: 2 },
      { code: 'cap-culture', numerator: 1, denominator: 2 },
      { code: 'cap-died', numerator: 1, denominator: 2 },
      { code: 'cap-readmitted', numerator: 1, denominator: 2 },
    ]);
    expect(diseaseFigures(AMI, []).every(({ numerator, denominator }) => numerator === 0 && denominator === 0)).toBe(true);
  });
});

describe('reconciliation', () => {
  const stay = (given: Partial<StayStanding>): StayStanding => ({
    status: 'active',
    elementIds: [],
    isSubmitted: false,
    isAccepted: false,
    isExcluded: false,
    ...given,
  });

  it.each([
    ['not-opened', stay({ status: null })],
    ['assigning', stay({ elementIds: ['assign'] })],
    ['entering', stay({ elementIds: ['enter'] })],
    ['in-control', stay({ elementIds: ['hospital-quality'] })],
    ['submitted', stay({ elementIds: ['review'], isSubmitted: true })],
    ['correcting', stay({ elementIds: ['correct'], isSubmitted: true })],
    ['accepted', stay({ isSubmitted: true, isAccepted: true })],
    ['locked', stay({ status: 'completed', isSubmitted: true, isAccepted: true })],
    ['excluded', stay({ status: 'excluded', isExcluded: true })],
    ['expired', stay({ status: 'expired' })],
  ] as const)('says where a stay is: %s', (stage, given) => {
    expect(caseStage(given)).toBe(stage);
    expect(CASE_STAGES).toContain(stage);
  });

  it('counts each stay once: submitted and missing are the eligible, the excluded are beside them', () => {
    const stays = fc.array(fc.record({ isSubmitted: fc.boolean(), isAccepted: fc.boolean(), isExcluded: fc.boolean() }).map(stay));
    fc.assert(
      fc.property(stays, (given) => {
        const { eligible, submitted, missing, excluded, rate } = reconcile(given);
        expect(submitted + missing).toBe(eligible);
        expect(eligible + excluded).toBe(given.length);
        expect(rate).toBe(eligible === 0 ? null : submitted / eligible);
      }),
    );
  });
});
