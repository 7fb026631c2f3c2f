import { describe, expect, it } from 'vitest';
import { expandValueSet } from './expand.ts';
import { libraryOf } from './library.ts';
import type { CodeSystem, ConceptFilter, ConceptSet, TerminologyResource, ValueSet } from './resources.ts';

const URL = 'http://x.org/';
const codes = (...list: readonly string[]) => list.map((code) => ({ code }));
const listed = (...list: readonly string[]): ConceptSet => ({ system: 's', concept: codes(...list) });
const valueSet = (id: string, compose: ValueSet['compose'], more: Partial<ValueSet> = {}): ValueSet => ({
  resourceType: 'ValueSet',
  id,
  url: `${URL}${id}`,
  compose,
  ...more,
});
const composed = (...include: readonly ConceptSet[]): ValueSet => valueSet('asked', { include });

/** The animals: a tree with a group that is no choice and one that is no longer used. */
const ANIMALS: CodeSystem = {
  resourceType: 'CodeSystem',
  url: 's',
  content: 'complete',
  concept: [
    {
      code: 'mammal',
      display: 'Mammal',
      property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [
        { code: 'dog', display: 'Dog', property: [{ code: 'legs', valueInteger: 4 }], concept: codes('poodle') },
        { code: 'whale', display: 'Whale', property: [{ code: 'legs', valueInteger: 0 }] },
      ],
    },
    { code: 'dodo', display: 'Dodo', property: [{ code: 'inactive', valueBoolean: true }] },
    { code: 'bat', display: 'Bat', property: [{ code: 'parent', valueCode: 'mammal' }] },
  ],
};

function expanded(set: ValueSet, beside: readonly TerminologyResource[] = []): readonly string[] | string {
  const result = expandValueSet(set, libraryOf([], beside));
  return result.kind === 'expanded' ? result.codings.map(({ code = '' }) => code) : `${result.lack.reason} ${result.lack.what}`;
}

describe('a value set holds', () => {
  it.each<[string, ValueSet, readonly TerminologyResource[], readonly string[]]>([
    ['the concepts that it lists', composed(listed('a', 'b')), [], ['a', 'b']],
    ['what several includes list, each concept once', composed(listed('a', 'b'), listed('b', 'c')), [], ['a', 'b', 'c']],
    ['nothing where it includes nothing', composed(), [], []],
    ['what another value set holds', composed({ valueSet: [`${URL}o`] }), [valueSet('o', { include: [listed('a')] })], ['a']],
    [
      'what two value sets of one include have in common',
      composed({ valueSet: [`${URL}o`, `${URL}p`] }),
      [valueSet('o', { include: [listed('a', 'b')] }), valueSet('p', { include: [listed('b', 'c')] })],
      ['b'],
    ],
    [
      'of its own concepts those that the value set beside them holds too',
      composed({ ...listed('a', 'b'), valueSet: [`${URL}o`] }),
      [valueSet('o', { include: [listed('b')] })],
      ['b'],
    ],
    ['nothing that it excludes', valueSet('x', { include: [listed('a', 'b')], exclude: [listed('a')] }), [], ['b']],
    [
      'nothing of a value set that it excludes',
      valueSet('x', { include: [listed('a', 'b')], exclude: [{ valueSet: [`${URL}o`] }] }),
      [valueSet('o', { include: [listed('b')] })],
      ['a'],
    ],
    [
      'concepts of the same code in another system, whatever it excludes of this one',
      valueSet('x', { include: [listed('a')], exclude: [{ system: 't', concept: codes('a') }] }),
      [],
      ['a'],
    ],
    ['all of a code system but what is abstract or inactive', composed({ system: 's' }), [ANIMALS], ['dog', 'poodle', 'whale', 'bat']],
    ['an inactive concept that it lists', composed(listed('dodo')), [ANIMALS], ['dodo']],
    ['no inactive concept where it says so', valueSet('x', { inactive: false, include: [listed('dodo', 'dog')] }), [ANIMALS], ['dog']],
    [
      'inactive concepts where it says so',
      valueSet('x', { inactive: true, include: [{ system: 's' }] }),
      [ANIMALS],
      ['dog', 'poodle', 'whale', 'dodo', 'bat'],
    ],
    [
      'of an expansion every level, without what is abstract or inactive',
      {
        resourceType: 'ValueSet',
        expansion: {
          contains: [
            { system: 's', code: 'a', abstract: true, contains: [{ system: 's', code: 'b', contains: [{ system: 's', code: 'c' }] }] },
            { system: 's', code: 'd', inactive: true },
            { display: 'only a heading', contains: [{ system: 's', code: 'e' }] },
          ],
        },
      },
      [],
      ['b', 'c', 'e'],
    ],
    [
      'what it is composed of, where its expansion is only a page',
      valueSet('x', { include: [listed('a', 'b')] }, { expansion: { total: 2, contains: [{ system: 's', code: 'a' }] } }),
      [],
      ['a', 'b'],
    ],
    [
      'what the version that it names holds',
      composed({ valueSet: [`${URL}o|1`] }),
      [valueSet('o', { include: [listed('new')] }, { version: '2' }), valueSet('o', { include: [listed('old')] }, { version: '1' })],
      ['old'],
    ],
    [
      'what the newest version holds, where it names none',
      composed({ valueSet: [`${URL}o`] }),
      [valueSet('o', { include: [listed('old')] }, { version: '9' }), valueSet('o', { include: [listed('new')] }, { version: '10' })],
      ['new'],
    ],
  ])('%s', (_name, set, beside, codesFound) => expect(expanded(set, beside)).toEqual(codesFound));
});

describe('a filter over a code system that is at hand lets through', () => {
  const all = ['dog', 'poodle', 'whale', 'bat'];
  it.each<[string, ConceptFilter['op'], string, string, readonly string[]]>([
    ['a concept and what is below it', 'is-a', 'concept', 'dog', ['dog', 'poodle']],
    ['what is below a concept, by nesting or by its property parent', 'descendent-of', 'concept', 'mammal', all],
    ['what is not below a concept', 'is-not-a', 'concept', 'dog', ['whale', 'bat']],
    ['a concept and what is above it', 'generalizes', 'concept', 'poodle', ['dog', 'poodle']],
    ['what is directly below a concept', 'child-of', 'concept', 'mammal', ['dog', 'whale', 'bat']],
    ['what is below a concept and has nothing below itself', 'descendent-leaf', 'concept', 'mammal', ['poodle', 'whale', 'bat']],
    ['what has a parent', '=', 'parent', 'mammal', ['dog', 'whale', 'bat']],
    ['one code', '=', 'code', 'bat', ['bat']],
    ['codes of a list', 'in', 'code', 'bat, dog', ['dog', 'bat']],
    ['codes that are not in a list', 'not-in', 'code', 'bat,dog', ['poodle', 'whale']],
    ['codes of a pattern, as a whole', 'regex', 'code', '[bd].*', ['dog', 'bat']],
    ['a value of a property', '=', 'legs', '0', ['whale']],
    ['what has a property', 'exists', 'legs', 'true', ['dog', 'whale']],
    ['what has no such property', 'exists', 'legs', 'false', ['poodle', 'bat']],
    ['a display', '=', 'display', 'Whale', ['whale']],
  ])('%s', (_name, op, property, value, codesFound) =>
    expect(expanded(composed({ system: 's', filter: [{ property, op, value }] }), [ANIMALS])).toEqual(codesFound),
  );

  it('only what all filters let through', () => {
    const filter = [
      { property: 'concept', op: 'is-a', value: 'mammal' },
      { property: 'legs', op: '=', value: '4' },
    ];
    expect(expanded(composed({ system: 's', filter }), [ANIMALS])).toEqual(['dog']);
  });
});

describe('a value set cannot be told without a server', () => {
  it.each<[string, ValueSet, readonly TerminologyResource[], string]>([
    ['where its code system is not at hand', composed({ system: 's' }), [], 'code-system s'],
    ['where only a part of its code system is', composed({ system: 's' }), [{ ...ANIMALS, content: 'fragment' }], 'code-system s'],
    [
      'where the code system is there in another version',
      composed({ system: 's', version: '2' }),
      [{ ...ANIMALS, version: '1' }],
      'code-system s',
    ],
    ['where a value set that it includes is not', composed({ valueSet: ['http://y.org'] }), [], 'value-set http://y.org'],
    [
      'where its filter is unknown',
      composed({ system: 's', filter: [{ property: 'concept', op: 'constraint', value: '<< 1' }] }),
      [ANIMALS],
      'filter concept constraint << 1',
    ],
    [
      'where its filter is a pattern that nothing bounds in time',
      composed({ system: 's', filter: [{ property: 'code', op: 'regex', value: '(?=(a+)+b)' }] }),
      [ANIMALS],
      'filter code regex (?=(a+)+b)',
    ],
    ['where it says nothing of what it holds', { resourceType: 'ValueSet', url: 'http://x.org/none' }, [], 'content http://x.org/none'],
    [
      'where it is only a page of itself',
      { resourceType: 'ValueSet', url: 'http://x.org/page', expansion: { total: 9, contains: [{ system: 's', code: 'a' }] } },
      [],
      'content http://x.org/page',
    ],
  ])('%s', (_name, set, beside, lack) => expect(expanded(set, beside)).toBe(lack));

  it('where it includes itself', () => {
    const one = valueSet('one', { include: [{ valueSet: [`${URL}two`] }] });
    const two = valueSet('two', { include: [{ valueSet: [`${URL}one`] }] });
    expect(expanded(one, [one, two])).toBe(`circle ${URL}one`);
  });

  it('is told once of a set that many include', () => {
    const sets = Array.from({ length: 40 }, (_, index) =>
      valueSet(`s${index}`, { include: [{ valueSet: [`${URL}s${index + 1}`] }, { valueSet: [`${URL}s${index + 1}`] }] }),
    );
    const last = valueSet('s40', { include: [listed('a', 'b')] });
    expect(expanded(sets[0] ?? last, [...sets, last])).toEqual(expanded(last));
  });
});

it('the words of a concept are those of the list, else those of its system', () => {
  const set = composed({ system: 's', concept: [{ code: 'dog' }, { code: 'whale', display: '鲸' }, { code: 'yeti' }] });
  const result = expandValueSet(set, libraryOf([], [ANIMALS]));
  expect(result.kind === 'expanded' && result.codings.map(({ display }) => display)).toEqual(['Dog', '鲸', 'yeti']);
});
