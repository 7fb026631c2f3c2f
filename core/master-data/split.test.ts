import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mapping } from './mapping.ts';
import type { RouteQuery, ServicePoint } from './routing.ts';
import { splitOrder } from './split.ts';

const mapping = (organisationId: string, standardCode: string): Mapping => ({
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
});
const point = (organisationId: string): ServicePoint => ({
  id: `point-${organisationId}`,
  organisationId,
  departmentId: `d-${organisationId}`,
  teamId: `team-${organisationId}`,
  dictionary: 'test',
  specimens: [],
  hours: null,
  openOrdersMax: null,
  isOpen: true,
});
/** Which items each hospital has mapped. */
const query = (offers: Readonly<Record<string, readonly string[]>>, items: readonly string[]): RouteQuery => ({
  dictionary: 'test',
  items: items.map((code) => ({ code, specimen: null })),
  ordererId: 'org-x',
  candidates: Object.keys(offers),
  fallback: null,
  declined: [],
  isChosen: false,
  mappings: Object.entries(offers).flatMap(([organisation, codes]) => codes.map((code) => mapping(organisation, code))),
  points: Object.keys(offers).map(point),
  load: {},
  localTime: () => ({ date: '2026-06-01', time: '10:00' }),
});

describe('a sheet with items for several hospitals', () => {
  it.each<[string, Record<string, string[]>, string[], ReturnType<typeof splitOrder>]>([
    ['stays whole where one hospital takes all', { a: ['1', '2'], b: ['2'] }, ['1', '2'], null],
    ['stays whole where nobody takes any of it', { a: [], b: [] }, ['1', '2'], null],
    ['stays whole with a single item', { a: ['1'] }, ['1'], null],
    [
      'is split between two hospitals',
      { a: ['1'], b: ['2'] },
      ['1', '2'],
      [
        { organisation: 'a', items: ['1'] },
        { organisation: 'b', items: ['2'] },
      ],
    ],
    [
      'goes to as few hospitals as can be',
      { a: ['1'], b: ['1', '2'], c: ['3'] },
      ['1', '2', '3'],
      [
        { organisation: 'b', items: ['1', '2'] },
        { organisation: 'c', items: ['3'] },
      ],
    ],
    [
      'leaves what nobody takes together, for the operator',
      { a: ['1'] },
      ['1', '8', '9'],
      [
        { organisation: 'a', items: ['1'] },
        { organisation: null, items: ['8', '9'] },
      ],
    ],
  ])('%s', (_, offers, items, parts) => {
    expect(splitOrder(query(offers, items))).toEqual(parts);
  });

  it('asks the fallback last, and no hospital that declined', () => {
    const asked = { ...query({ a: ['1'], b: ['2'] }, ['1', '2']), candidates: ['a'], fallback: 'b' };
    expect(splitOrder(asked)?.map(({ organisation }) => organisation)).toEqual(['a', 'b']);
    expect(splitOrder({ ...asked, declined: ['a'] })).toEqual([
      { organisation: 'b', items: ['2'] },
      { organisation: null, items: ['1'] },
    ]);
  });

  it('neither loses nor repeats an item', () => {
    const codes = ['1', '2', '3', '4'];
    const offers = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.subarray(codes));
    fc.assert(
      fc.property(offers, fc.subarray(codes, { minLength: 1 }), (offered, items) => {
        const parts = splitOrder(query(offered, items));
        if (parts === null) return;
        expect(parts.flatMap((part) => part.items).toSorted()).toEqual(items.toSorted());
        expect(parts.filter(({ organisation }) => organisation === null).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
