import { describe, expect, it } from 'vitest';
import { readIssueCodes, readPage, readResult } from './answers.ts';
import { canonicalOf } from './canonical.ts';
import { findCodings } from './search.ts';

const expansion = (contains: readonly object[], more: object = {}) => ({ resourceType: 'ValueSet', expansion: { contains, ...more } });
const a = { system: 's', code: 'a', display: 'A' };
const b = { system: 's', code: 'b', display: 'B' };

describe('an expansion of a server', () => {
  it.each<[string, unknown, readonly string[], boolean]>([
    ['is complete where it has fewer than were asked for', expansion([a, b]), ['a', 'b'], true],
    ['is a page where it has as many as were asked for', expansion([a, b, { ...b, code: 'c' }]), ['a', 'b', 'c'], false],
    ['is a page where it counts more than it holds', expansion([a], { total: 7 }), ['a'], false],
    ['is complete where it counts what it holds', expansion([a, b, { ...b, code: 'c' }], { total: 3 }), ['a', 'b', 'c'], true],
    [
      'is a page where it says that it is not closed',
      expansion([a], { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/valueset-unclosed', valueBoolean: true }] }),
      ['a'],
      false,
    ],
    [
      'offers nothing abstract or inactive',
      expansion([
        { ...a, abstract: true, contains: [b] },
        { ...a, inactive: true },
      ]),
      ['b'],
      false,
    ],
    [
      'is kept no longer than was asked for',
      expansion([a, b, { ...a, code: 'c' }, { ...a, code: 'd' }], { total: 4 }),
      ['a', 'b', 'c'],
      false,
    ],
  ])('%s', (_name, input, codes, isComplete) => {
    const page = readPage(input, 3);
    expect(page?.codings.map(({ code }) => code)).toEqual(codes);
    expect(page?.isComplete).toBe(isComplete);
  });

  it.each([null, 'text', {}, { resourceType: 'ValueSet' }, { resourceType: 'Patient', expansion: {} }, expansion([{ code: 7 }])])(
    'is not %j',
    (input) => expect(readPage(input, 3)).toBeNull(),
  );

  it('keeps its designations as translations', () => {
    const page = readPage(expansion([{ ...a, designation: [{ language: 'zh', value: '甲' }] }]), 3);
    expect(JSON.stringify(page?.codings[0]?._display)).toContain('甲');
  });
});

it('the result of a validation is yes, no, or nothing', () => {
  const parameters = (parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter });
  expect(readResult(parameters([{ name: 'result', valueBoolean: true }]))).toBe(true);
  expect(readResult(parameters([{ name: 'message' }, { name: 'result', valueBoolean: false }]))).toBe(false);
  expect(readResult(parameters([]))).toBeNull();
  expect(readResult('no')).toBeNull();
});

it('an outcome is read for the codes of its issues', () => {
  expect(readIssueCodes({ resourceType: 'OperationOutcome', issue: [{ code: 'too-costly' }, {}] })).toEqual(['too-costly']);
  expect(readIssueCodes({})).toEqual([]);
});

it.each([
  ['http://x.org/v', { url: 'http://x.org/v' }],
  ['http://x.org/v|1.0', { url: 'http://x.org/v', version: '1.0' }],
  ['http://snomed.info/sct?fhir_vs=ecl/<< 1 |Term|', { url: 'http://snomed.info/sct?fhir_vs=ecl/<< 1 |Term|' }],
])('the canonical %s is read as address and version', (text, read) => expect(canonicalOf(text)).toEqual(read));

describe('a search in a list', () => {
  const list =
    readPage(expansion([{ ...a, display: 'Acute pain', designation: [{ language: 'zh', value: '急性疼痛' }] }, b]), 3)?.codings ?? [];
  it.each([
    ['', ['a', 'b']],
    ['pain acu', ['a']],
    ['疼痛', ['a']],
    ['B', ['b']],
    ['none', []],
  ])('for %j finds %j', (typed, codes) => expect(findCodings(list, typed).map(({ code }) => code)).toEqual(codes));
});
