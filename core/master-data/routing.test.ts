import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mapping } from './mapping.ts';
import { checkOrder, decideRoute, type RouteQuery, type ServicePoint } from './routing.ts';

const mapping = (organisationId: string, standardCode: string, more: Partial<Mapping> = {}): Mapping => ({
  id: `${organisationId}/${standardCode}`,
  dictionary: 'test',
  standardCode,
  organisationId,
  localCode: `${standardCode}-local`,
  localName: standardCode,
  direction: 'both',
  validFrom: '2026-01-01',
  validTo: null,
  status: 'approved',
  mappedBy: 'mapper',
  checkedBy: 'checker',
  ...more,
});
const point = (organisationId: string, more: Partial<ServicePoint> = {}): ServicePoint => ({
  id: `point-${organisationId}`,
  organisationId,
  departmentId: `d-${organisationId}`,
  teamId: `team-${organisationId}`,
  dictionary: 'test',
  specimens: ['blood'],
  hours: { from: '08:00', to: '17:00' },
  openOrdersMax: 2,
  isOpen: true,
  ...more,
});
const ITEMS = [
  { code: 'HB', specimen: 'blood' },
  { code: 'CRP', specimen: 'blood' },
] as const;
const base: RouteQuery = {
  dictionary: 'test',
  items: ITEMS,
  ordererId: 'org-x',
  candidates: ['org-a', 'org-b'],
  fallback: 'org-c',
  declined: [],
  isChosen: false,
  mappings: ['org-a', 'org-b', 'org-c'].flatMap((id) => ITEMS.map(({ code }) => mapping(id, code))),
  points: ['org-a', 'org-b', 'org-c'].map((id) => point(id)),
  load: {},
  localTime: () => ({ date: '2026-06-01', time: '09:00' }),
};
const verdicts = (more: Partial<RouteQuery>) => decideRoute({ ...base, ...more }).considered.map(({ verdict }) => verdict);
const without = (id: string, code: string) => base.mappings.filter((each) => each.organisationId !== id || each.standardCode !== code);
const points = (more: Partial<ServicePoint>) => [point('org-a', more), ...base.points.slice(1)];

describe('an order', () => {
  it('goes to the first hospital that can, with the codes that are known there, and says why nobody else', () => {
    expect(decideRoute(base)).toEqual({
      outcome: 'routed',
      organisation: 'org-a',
      department: 'd-org-a',
      team: 'team-org-a',
      point: 'point-org-a',
      localItems: [
        { code: 'HB', localCode: 'HB-local', localName: 'HB' },
        { code: 'CRP', localCode: 'CRP-local', localName: 'CRP' },
      ],
      considered: [
        { organisation: 'org-a', verdict: 'taken', items: [], isFallback: false },
        { organisation: 'org-b', verdict: 'not-needed', items: [], isFallback: false },
        { organisation: 'org-c', verdict: 'not-needed', items: [], isFallback: true },
      ],
    });
  });

  it.each<[string, Partial<RouteQuery>, string]>([
    ['orders it', { ordererId: 'org-a' }, 'is-orderer'],
    ['declined', { declined: ['org-a'] }, 'declined'],
    ['does no such thing', { points: base.points.slice(1) }, 'no-service-point'],
    ['is closed', { points: points({ isOpen: false }) }, 'closed'],
    ['takes another specimen', { points: points({ specimens: ['urine'] }) }, 'specimen-not-taken'],
    ['has not opened yet', { points: points({ hours: { from: '09:01', to: '17:00' } }) }, 'outside-hours'],
    ['has just closed', { points: points({ hours: { from: '08:00', to: '09:00' } }) }, 'outside-hours'],
    ['has no room', { load: { 'point-org-a': 2 } }, 'full'],
    ['has no code for an item', { mappings: without('org-a', 'CRP') }, 'unmapped'],
    [
      'has a code that nobody checked',
      { mappings: [...without('org-a', 'CRP'), mapping('org-a', 'CRP', { status: 'draft' })] },
      'awaiting-check',
    ],
    [
      'has a code that is suspended',
      { mappings: [...without('org-a', 'CRP'), mapping('org-a', 'CRP', { status: 'suspended' })] },
      'suspended',
    ],
    [
      'has a code of last year',
      { mappings: [...without('org-a', 'CRP'), mapping('org-a', 'CRP', { validTo: '2026-05-31' })] },
      'out-of-date',
    ],
    ['does not offer an item', { mappings: [...without('org-a', 'CRP'), mapping('org-a', 'CRP', { direction: 'none' })] }, 'not-offered'],
  ])('passes over a hospital that %s', (_, more, verdict) => {
    expect(verdicts(more)).toEqual([verdict, 'taken', 'not-needed']);
  });

  it('names the items for which a hospital was passed over', () => {
    expect(decideRoute({ ...base, mappings: without('org-a', 'CRP') }).considered[0]).toMatchObject({
      verdict: 'unmapped',
      items: ['CRP'],
    });
  });

  it('goes to the fallback whatever its hours and its load, and never without its codes', () => {
    const nowhere = { candidates: [], points: [point('org-c', { hours: { from: '20:00', to: '21:00' }, openOrdersMax: 0 })] };
    expect(decideRoute({ ...base, ...nowhere })).toMatchObject({ outcome: 'routed', organisation: 'org-c' });
    expect(decideRoute({ ...base, ...nowhere, mappings: without('org-c', 'HB') })).toMatchObject({ outcome: 'unmapped' });
  });

  it('that an operator sends elsewhere needs codes, an open place and the right specimen; nothing else', () => {
    const chosen = { candidates: ['org-a'], fallback: null, isChosen: true, declined: ['org-a'], load: { 'point-org-a': 9 } };
    const late = { ...chosen, localTime: () => ({ date: '2026-06-01', time: '23:00' }) };
    expect(verdicts(late)).toEqual(['taken']);
    expect(verdicts({ ...late, mappings: without('org-a', 'HB') })).toEqual(['unmapped']);
    expect(verdicts({ ...late, points: points({ isOpen: false }) })).toEqual(['closed']);
  });

  it('that no mapping would help is told apart from one that waits for a mapping', () => {
    expect(decideRoute({ ...base, declined: ['org-a', 'org-b', 'org-c'] }).outcome).toBe('no-candidate');
    expect(decideRoute({ ...base, declined: ['org-a', 'org-b'], mappings: without('org-c', 'HB') }).outcome).toBe('unmapped');
  });

  it('looks at the day and the hour of each hospital', () => {
    const localTime: RouteQuery['localTime'] = (id) => ({ date: '2026-06-01', time: id === 'org-a' ? '18:00' : '09:00' });
    expect(verdicts({ localTime })).toEqual(['outside-hours', 'taken', 'not-needed']);
  });

  it('never goes where nothing is approved, to whoever ordered, or to a closed place, and always says why', () => {
    const drawn = fc.record({
      statuses: fc.array(fc.constantFrom('draft', 'approved', 'suspended'), { minLength: 6, maxLength: 6 }),
      isOpen: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      declined: fc.subarray(['org-a', 'org-b', 'org-c']),
      ordererId: fc.constantFrom('org-a', 'org-x'),
      isChosen: fc.boolean(),
    });
    fc.assert(
      fc.property(drawn, ({ statuses, isOpen, ...rest }) => {
        const mappings = base.mappings.map((each, index) => ({ ...each, status: statuses[index] ?? 'draft' }));
        const open = base.points.map((each, index) => ({ ...each, isOpen: isOpen[index] ?? false }));
        const route = decideRoute({ ...base, ...rest, mappings, points: open });
        expect(route.considered.map(({ organisation }) => organisation)).toEqual(['org-a', 'org-b', 'org-c']);
        if (route.outcome !== 'routed') return;
        const { organisation } = route;
        expect(mappings.filter((each) => each.organisationId === organisation).every(({ status }) => status === 'approved')).toBe(true);
        expect(open.find((each) => each.organisationId === organisation)?.isOpen).toBe(true);
        expect(organisation).not.toBe(rest.ordererId);
        expect(route.considered.filter(({ verdict }) => verdict === 'taken')).toHaveLength(1);
      }),
    );
  });
});

describe('what an order asks for', () => {
  const entries = [
    { code: 'HB', specimen: 'blood' },
    { code: 'PORT', specimen: 'urine' },
  ] as const;

  it('is held against the dictionary and the specimen', () => {
    expect(checkOrder(['HB', 'GONE', 'PORT'], { entries, specimen: 'blood' })).toEqual({ unknown: ['GONE'], otherSpecimen: ['PORT'] });
    expect(checkOrder(['HB'], { entries, specimen: 'blood' })).toEqual({ unknown: [], otherSpecimen: [] });
    expect(checkOrder(['CT'], { entries: [{ code: 'CT', specimen: null }], specimen: null })).toEqual({ unknown: [], otherSpecimen: [] });
  });
});
