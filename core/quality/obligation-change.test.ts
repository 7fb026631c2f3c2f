import { describe, expect, it } from 'vitest';
import { dutyOn } from './obligation.ts';
import { changesFrom, endedOn, refusalToExempt, refusalToOblige } from './obligation-change.ts';
import { FREQUENCIES } from './period.ts';

const TODAY = '2026-11-18';
const OPENS = '2026-11-01';
const days = (from: string, to: string | null = null) => ({ organisationId: 'a', from, to });
const owing = { obligations: [days('2025-01-01')], exemptions: [] };
const nobody = { obligations: [], exemptions: [] };

it.each(FREQUENCIES.map((frequency) => [frequency, changesFrom(frequency, TODAY)] as const))(
  'who has to report %s by %s may be changed from the first day of the period that runs',
  (frequency, opens) =>
    expect([frequency, opens]).toEqual([
      frequency,
      { day: '2026-11-18', week: '2026-11-16', month: '2026-11-01', quarter: '2026-10-01', year: '2026-01-01' }[frequency],
    ]),
);

describe('how a hospital stands on a day', () => {
  it.each([
    ['never', 'never obliged', nobody],
    ['obliged', 'obliged', owing],
    ['obliged', 'on its last day', { obligations: [days('2025-01-01', TODAY)], exemptions: [] }],
    ['ended', 'after its last day', { obligations: [days('2025-01-01', '2026-11-17')], exemptions: [] }],
    ['future', 'before its first day', { obligations: [days('2026-11-19')], exemptions: [] }],
    [
      'future',
      'ended, and obliged anew from a later day',
      { obligations: [days('2025-01-01', '2026-01-31'), days('2027-01-01')], exemptions: [] },
    ],
    ['never', 'taken back before it began', { obligations: [days('2027-01-01', '2026-12-31')], exemptions: [] }],
    ['exempted', 'obliged and exempted', { ...owing, exemptions: [days('2026-11-01', '2026-11-30')] }],
    ['obliged', 'whose exemption was taken back before it began', { ...owing, exemptions: [days('2026-11-18', '2026-11-17')] }],
    ['obliged', 'whose exemption is over', { ...owing, exemptions: [days('2026-10-01', '2026-10-31')] }],
    ['ended', 'exempted without an obligation', { obligations: [days('2025-01-01', '2026-01-31')], exemptions: [days('2025-01-01')] }],
  ] as const)('%s: %s', (state, _, duties) => expect(dutyOn(TODAY, duties)).toBe(state));
});

describe('obliging', () => {
  it.each([
    [null, 'from the period that runs', days(OPENS), nobody],
    [null, 'from a later day, for some time', days('2027-01-01', '2027-12-31'), nobody],
    [null, 'anew after the former one has ended', days('2026-12-01'), { obligations: [days('2025-01-01', '2026-11-30')], exemptions: [] }],
    [
      null,
      'where the former one was taken back before it began',
      days('2026-12-01'),
      { obligations: [days('2026-12-01', '2026-11-30')], exemptions: [] },
    ],
    ['duty-past', 'from a period that is over', days('2026-10-31'), nobody],
    ['duty-ends-before', 'until a day before it begins', days('2026-12-01', '2026-11-30'), nobody],
    ['already-obliged', 'who is obliged', days('2026-12-01'), owing],
    ['already-obliged', 'who is to be obliged within that time', days('2026-12-01'), { obligations: [days('2027-06-01')], exemptions: [] }],
  ] as const)('%s: %s', (refusal, _, given, duties) => expect(refusalToOblige(given, { opensOn: OPENS, duties })).toBe(refusal));
});

describe('exempting', () => {
  it.each([
    [null, 'from the period that runs', days(OPENS, '2026-12-31'), owing],
    [null, 'after another exemption', days('2026-12-01'), { ...owing, exemptions: [days('2026-11-01', '2026-11-30')] }],
    [null, 'who is obliged from a later day on', days('2027-01-01'), { obligations: [days('2027-01-01')], exemptions: [] }],
    ['duty-past', 'from a period that is over', days('2026-10-31', '2026-12-31'), owing],
    ['duty-ends-before', 'until a day before it begins', days('2026-12-01', '2026-11-30'), owing],
    ['not-obliged', 'who owes nothing then', days('2026-12-01'), { obligations: [days('2025-01-01', '2026-11-30')], exemptions: [] }],
    [
      'already-exempted',
      'who is exempted within that time',
      days('2026-12-01'),
      { ...owing, exemptions: [days('2027-01-01', '2027-01-31')] },
    ],
  ] as const)('%s: %s', (refusal, _, given, duties) => expect(refusalToExempt(given, { opensOn: OPENS, duties })).toBe(refusal));
});

describe('ending', () => {
  it.each([
    ['with the period before the one that runs', days('2025-01-01'), '2026-10-31', days('2025-01-01', '2026-10-31')],
    ['on a day to come', days('2025-01-01'), '2027-06-30', days('2025-01-01', '2027-06-30')],
    ['earlier than it would', days('2025-01-01', '2027-12-31'), '2027-06-30', days('2025-01-01', '2027-06-30')],
    ['takes back what has not begun by then', days('2027-01-01'), '2026-11-30', days('2027-01-01', '2026-12-31')],
    ['never within a period that is over', days('2025-01-01'), '2026-10-30', 'duty-past'],
    ['not what is over', days('2025-01-01', '2026-10-31'), '2026-11-30', 'duty-ended'],
    ['not later than it ends', days('2025-01-01', '2026-12-31'), '2026-12-31', 'duty-ended'],
    ['not what was taken back', days('2027-01-01', '2026-12-31'), '2026-12-31', 'duty-ended'],
  ] as const)('%s', (_, kept, lastDay, expected) => expect(endedOn(kept, lastDay, { opensOn: OPENS })).toEqual(expected));
});
