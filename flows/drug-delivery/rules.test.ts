import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileDmn } from '#core/decision/compile.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';
import type { Json, JsonObject } from '#core/json.ts';

const moment = { at: '2026-11-23T01:00:00.000Z', zone: 'Asia/Shanghai' };

async function deciding(file: string): Promise<(decisionId: string, facts: JsonObject) => Json> {
  const { decisions, findings } = await compileDmn(readFileSync(new URL(file, import.meta.url), 'utf8'));
  expect(findings).toEqual([]);
  return (decisionId, facts) => {
    const answer = evaluateDecision(decisions, decisionId, facts, moment);
    if (!answer.ok) throw new Error(answer.message);
    return answer.result;
  };
}

describe('triage', async () => {
  const decide = await deciding('./triage.dmn');
  const application: JsonObject = { dangerSigns: ['none'], temperature: null, complaints: ['cold'], severity: 3, pregnant: false };

  it.each([
    [{}, 'routine', 'online'],
    [{ dangerSigns: ['chest-pain'] }, 'emergency', 'emergency'],
    [{ dangerSigns: ['high-fever', 'self-harm'] }, 'emergency', 'emergency'],
    [{ dangerSigns: ['high-fever'] }, 'urgent', 'clinic'],
    [{ severity: 8 }, 'urgent', 'clinic'],
    [{ severity: 7 }, 'routine', 'online'],
    [{ pregnant: true }, 'routine', 'clinic'],
    [{ pregnant: null }, 'routine', 'online'],
    [{ temperature: 42.5 }, 'emergency', 'emergency'],
    [{ temperature: 34.9 }, 'emergency', 'emergency'],
    [{ temperature: 40 }, 'urgent', 'clinic'],
    [{ temperature: 39.9 }, 'routine', 'online'],
    [{ complaints: ['mental-stress', 'cold'] }, 'routine', 'counselling'],
  ])('takes %o for %s and sends it to %s', (facts, level, route) => {
    expect(decide('drug-triage', { ...application, ...facts })).toMatchObject({ level, route });
  });
});

describe('the limits of drugs', async () => {
  const decide = await deciding('./limits.dmn');

  it.each([
    ['paracetamol', 'ordinary', true],
    ['codeine', 'narcotic', false],
    ['diazepam', 'psychotropic', false],
    ['insulin', 'cold-chain', false],
    ['methotrexate', 'high-alert', false],
    ['something new', 'unknown', false],
  ])('say that %s is %s', (drug, drugClass, deliverable) => {
    expect(decide('drug-limits', { drug })).toMatchObject({ drugClass, deliverable });
  });

  it('are exact decimal text, never numbers', () => {
    expect(decide('drug-limits', { drug: 'ibuprofen' })).toMatchObject({ maxDailyMg: '1200' });
  });
});

it.each([
  'number(prescription.singleDoses[1]) * prescription.timesPerDay[1] > 1',
  '1 > number(lineLimits[1].maxDailyMg)',
  'lineLimits[1].maxDailyMg >= prescription.singleDoses[1]',
  'max(prescription.singleDoses) = "9"',
  'sum(lineLimits.maxDailyMg) > 1',
])('the screening takes no arithmetic on doses: %s', async (source) => {
  const xml = readFileSync(new URL('./screening.dmn', import.meta.url), 'utf8');
  const escaped = source.replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const mistaken = xml.replace('{incompatible:', `{mistaken: ${escaped}, incompatible:`);
  expect(mistaken).not.toBe(xml);
  const { findings } = await compileDmn(mistaken);
  expect(findings).toMatchObject([{ elementId: 'drug-screening', rule: 'dose-arithmetic', severity: 'error' }]);
});

describe('the screening of a prescription', async () => {
  const [limits, screening] = await Promise.all([deciding('./limits.dmn'), deciding('./screening.dmn')]);
  /** Once a day so much of each drug; by default a dose that none of them exceeds. */
  const screen = (
    drugs: readonly string[],
    allergies: readonly string[] = ['none'],
    singleDoses: readonly Json[] = drugs.map(() => '1'),
    currentDrugs: readonly string[] | null = null,
  ): Json =>
    screening('drug-screening', {
      prescription: { drugs, singleDoses, timesPerDay: drugs.map(() => 3) },
      allergies,
      currentDrugs,
      lineLimits: drugs.map((drug) => limits('drug-limits', { drug })),
    });

  it('lets an ordinary prescription through', () => {
    expect(screen(['paracetamol', 'loratadine'])).toEqual({
      incompatible: [],
      allergic: [],
      overdosed: [],
      excluded: [],
      unknown: false,
      blocked: false,
      deliverable: true,
    });
  });

  it('finds incompatible drugs in any order', () => {
    expect(screen(['aspirin', 'paracetamol', 'ibuprofen'])).toMatchObject({ blocked: true, incompatible: ['ibuprofen+aspirin'] });
  });

  it('finds every incompatible pair', () => {
    expect(screen(['ibuprofen', 'aspirin', 'warfarin'])).toMatchObject({
      incompatible: ['ibuprofen+aspirin', 'ibuprofen+warfarin', 'aspirin+warfarin'],
    });
  });

  it('blocks what the student is allergic to', () => {
    expect(screen(['amoxicillin'], ['penicillin', 'sulfonamide'])).toMatchObject({ blocked: true, allergic: ['penicillin'] });
  });

  it('does not take "none known" for an allergy', () => {
    expect(screen(['paracetamol'], ['none'])).toMatchObject({ blocked: false, allergic: [] });
  });

  it('blocks a drug that it does not know', () => {
    expect(screen(['something new'])).toMatchObject({ blocked: true, unknown: true, deliverable: false });
  });

  it.each([
    ['400', []],
    ['400.0', []],
    ['400.0000001', ['ibuprofen']],
    ['1200', ['ibuprofen']],
    ['0.1', []],
    ['much', ['ibuprofen']],
    [null, ['ibuprofen']],
  ] as const)('takes three times %s mg of ibuprofen for overdosed: %o', (singleDose, overdosed) => {
    expect(screen(['ibuprofen'], ['none'], [singleDose])).toMatchObject({ overdosed, blocked: overdosed.length > 0 });
  });

  it('adds up the lines of one drug before it judges the dose of a day', () => {
    const twice = ['paracetamol', 'loratadine', 'paracetamol'];
    expect(screen(twice, ['none'], ['1000', '1', '333.3'])).toMatchObject({ overdosed: [], blocked: false });
    expect(screen(twice, ['none'], ['1000', '1', '333.4'])).toMatchObject({ overdosed: ['paracetamol'], blocked: true });
    expect(screen(twice, ['none'], ['1', '1', null])).toMatchObject({ overdosed: ['paracetamol'], blocked: true });
  });

  it('sees what the student takes already beside what is prescribed', () => {
    expect(screen(['ibuprofen'], ['none'], ['1'], ['warfarin'])).toMatchObject({ blocked: true, incompatible: ['ibuprofen+warfarin'] });
    expect(screen(['loratadine'], ['none'], ['1'], ['aspirin', 'warfarin'])).toMatchObject({ blocked: false, incompatible: [] });
  });

  it('keeps excluded classes from delivery, not from supply', () => {
    expect(screen(['insulin', 'paracetamol'])).toMatchObject({ blocked: false, deliverable: false, excluded: ['cold-chain'] });
  });
});
