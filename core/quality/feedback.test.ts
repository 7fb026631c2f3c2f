import { describe, expect, it } from 'vitest';
import { chartOfSeries, countedSeries, feedbackOn, funnelOfPeers } from './feedback.ts';
import { definitionKey, indicatorDefinition } from './indicator.ts';

const text = { 'zh-CN': '一', en: 'One' };
const national = indicatorDefinition.parse({
  code: 'a',
  version: 1,
  regime: { kind: 'national' },
  name: text,
  numerator: text,
  denominator: text,
  kind: 'proportion',
  multiplier: 100,
  improvement: 'higher',
  target: 0.9,
  validFrom: '2024-01-01',
  validTo: null,
});
const local = indicatorDefinition.parse({
  ...national,
  regime: { kind: 'local', organisationId: 'own', approvedBy: 'p', reason: '院区分散' },
});
const key = definitionKey(national);
const peer = (organisationId: string, numerator: number | null, denominator = 100, definition = key) => ({
  organisationId,
  code: 'a',
  numerator,
  denominator,
  definition,
});
const many = Array.from({ length: 40 }, (_, index) => peer(`h${index}`, 80 + (index % 5)));
const series = (...numerators: readonly number[]) =>
  numerators.map((numerator, index) => ({
    period: `2025-${String(index + 1).padStart(2, '0')}`,
    code: 'a',
    numerator,
    denominator: 100,
    definition: key,
  }));
const about = (peers: readonly ReturnType<typeof peer>[], given = series()) =>
  feedbackOn(national, { organisationId: 'own', peers: [...many, ...peers], series: given });

describe('what a hospital hears', () => {
  it('is its value among those that count alike', () => {
    expect(about([peer('own', 82)])).toMatchObject({
      value: 0.82,
      target: 0.9,
      peers: { count: 41, point: { verdict: 'within' } },
      isConcern: false,
    });
  });

  it('is a concern far below the others where higher is better, and none far above', () => {
    expect(about([peer('own', 40)]).isConcern).toBe(true);
    expect(about([peer('own', 100)]).isConcern).toBe(false);
  });

  it('is compared with nobody where it counts by a definition of its own', () => {
    const own = peer('own', 40, 100, definitionKey(local));
    expect(feedbackOn(local, { organisationId: 'own', peers: [...many, own], series: [] })).toMatchObject({
      regime: 'local',
      value: 0.4,
      peers: null,
      isConcern: false,
    });
    expect(funnelOfPeers(national, [...many, own]).points.map(({ id }) => id)).not.toContain('own');
  });

  it('has no value where nothing was given or nothing was there to count', () => {
    expect(about([peer('own', null)])).toMatchObject({ value: null, peers: null });
    expect(about([peer('own', 0, 0)])).toMatchObject({ value: null, peers: null });
  });

  it('calls for an enquiry after two periods outside of its own limits on the bad side', () => {
    const steady = [80, 82, 81, 79, 80, 82, 81, 79, 80, 82, 81, 79];
    expect(about([peer('own', 82)], series(...steady, 40, 40)).callsForEnquiry).toBe(true);
    expect(about([peer('own', 82)], series(...steady, 40, 80)).callsForEnquiry).toBe(false);
  });

  it('draws its own series in order, without what was counted otherwise or not at all', () => {
    const [first, second] = series(80, 81);
    const mixed = [second, { ...first, definition: 'other', period: '2024-01' }, { ...first, numerator: null, period: '2024-02' }, first];
    expect(countedSeries(national, mixed as never).map(({ period }) => period)).toEqual(['2025-01', '2025-02']);
    expect(chartOfSeries(national, mixed as never).points).toHaveLength(2);
  });
});
