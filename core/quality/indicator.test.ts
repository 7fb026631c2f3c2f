import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparable,
  definitionFor,
  definitionKey,
  type IndicatorDefinition,
  indicatorDefinition,
  nationalDefinition,
} from './indicator.ts';

const LOCAL = { kind: 'local' as const, organisationId: 'h1', approvedBy: 'p-1', reason: '院区分散' };
const definition = (changes: Partial<IndicatorDefinition>): IndicatorDefinition =>
  indicatorDefinition.parse({
    code: 'urgent-consult',
    version: 1,
    regime: { kind: 'national' },
    name: { 'zh-CN': '急会诊及时到位率', en: 'Urgent consults in time' },
    numerator: { 'zh-CN': '10 分钟内到位', en: 'There within 10 minutes' },
    denominator: { 'zh-CN': '急会诊', en: 'Urgent consults' },
    parameters: { minutes: 10 },
    kind: 'proportion',
    multiplier: 100,
    improvement: 'higher',
    validFrom: '2024-01-01',
    validTo: null,
    ...changes,
  });

const ALL = [
  definition({}),
  definition({ version: 2, validFrom: '2026-01-01', parameters: { minutes: 8 } }),
  definition({ regime: LOCAL, parameters: { minutes: 20 }, validFrom: '2025-01-01', validTo: '2026-06-30' }),
];
const parameterOf = (found: IndicatorDefinition | null) => found?.parameters.minutes ?? null;

describe('the definition of an indicator', () => {
  it.each([
    ['2023-12-31', null],
    ['2024-01-01', 10],
    ['2025-12-31', 10],
    ['2026-01-01', 8],
  ])('of the nation on %s is the newest that holds', (on, minutes) =>
    expect(parameterOf(nationalDefinition(ALL, { code: 'urgent-consult', on }))).toBe(minutes),
  );

  it.each([
    ['h1', '2024-06-01', 10],
    ['h1', '2026-06-30', 20],
    ['h1', '2026-07-01', 8],
    ['h2', '2026-06-30', 8],
  ])('for %s on %s is its own where it has one', (organisationId, on, minutes) =>
    expect(parameterOf(definitionFor(ALL, { code: 'urgent-consult', on, organisationId }))).toBe(minutes),
  );

  it('is none for a code that nobody defined', () => expect(nationalDefinition(ALL, { code: 'other', on: '2026-06-30' })).toBeNull());

  it('of a hospital needs somebody who approved it, and an end that follows its beginning', () => {
    expect(indicatorDefinition.safeParse({ ...ALL[0], regime: { kind: 'local', organisationId: 'h1' } }).success).toBe(false);
    expect(indicatorDefinition.safeParse({ ...ALL[0], validTo: '2023-01-01' }).success).toBe(false);
  });
});

describe('a comparison', () => {
  it('never mixes the nation with a hospital, two hospitals, or two versions', () => {
    const keys = [...ALL, definition({ regime: { ...LOCAL, organisationId: 'h2' } })].map(definitionKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('holds what was counted by its definition and tells of the rest, whatever was reported', () => {
    const figures = fc.array(
      fc.constantFrom(...ALL).map((counted) => ({ definition: definitionKey(counted) })),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(figures, fc.constantFrom(...ALL), (reported, asked) => {
        const { compared, leftOut } = comparable(reported, asked);
        expect(new Set(compared.map((figure) => figure.definition)).size).toBeLessThanOrEqual(1);
        expect(compared.length + leftOut.length).toBe(reported.length);
        expect(leftOut.some((figure) => figure.definition === definitionKey(asked))).toBe(false);
      }),
    );
  });
});
