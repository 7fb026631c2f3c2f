import { describe, expect, it } from 'vitest';
import { patternOf, replacePattern, splitByPattern } from './pattern.ts';

const matches = (text: string, pattern: string, flags = ''): boolean | undefined => patternOf(pattern, flags)?.test(text);

describe('a regular expression', () => {
  it.each([
    ['中文', '^\\w+$', true],
    ['病人1', '^[\\w]+\\d$', true],
    ['a_b', '^\\w+$', false],
    ['a_b', '^[\\w_]+$', true],
    ['٣', '\\d', true],
    ['\u3000', '\\s', false],
    ['a b', '^\\S+\\s[\\S]$', true],
    ['。', '[\\W]', true],
    ['\r', '.', false],
    ['\u2028', '.', true],
  ])('knows the characters of every script, as XPath does: %s by %s', (text, pattern, isMatch) => {
    expect(matches(text, pattern)).toBe(isMatch);
  });

  it.each([
    ['bcd', '^[a-z-[aeiou]]+[0-9]*$', true],
    ['bad', '^[a-z-[aeiou]]+[0-9]*$', false],
    ['abxab', '^(?:a|[a-z-[ax]]|x)+$', true],
    ['aabb', '^(a)\\1(b)\\2$', true],
    ['abab', '^(ab|ba)+$', true],
    ['a&b@c', '^[a-z&]+@[a-z]+$', true],
  ])('means the same whatever runs it: %s by %s', (text, pattern, isMatch) => {
    expect(matches(text, pattern)).toBe(isMatch);
  });

  const long = `${'a'.repeat(5_000)}!`;
  it.each(['(a|a)*b', '(a|aa)+$', '(a+)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(\\w|\\d|a)*b', 'a*a*a*a*b', `${'a?'.repeat(40)}b`])(
    'comes to an end, however many ways there are: %s',
    (pattern) => {
      expect(matches(long, pattern)).toBe(false);
    },
  );

  it.each(['(a+)+\\1', 'a{1,5000}b{1,5000}', '(?=a)', 'a{2,1}', '('])('is none that could take forever: %s', (pattern) => {
    expect(matches('ab', pattern)).toBeUndefined();
  });
});

it.each([
  ['2026-03-01', '(\\d+)-(\\d+)-(\\d+)', '$3/$2/$1', '01/03/2026'],
  ['abab', '(a)|(b)', '[$1|$2]', '[a|][|b][a|][|b]'],
  ['abracadabra', 'a.*?a', '*', '*c*bra'],
  ['darted', '^(.*?)d(.*)$', '$1c$2', 'carted'],
  ['😀a😀b', '[ab]+😀*', '<$0>', '😀<a😀><b>'],
])('in %s every %s is replaced by %s', (input, pattern, replacement, written) => {
  expect(replacePattern(input, { pattern, replacement, flags: '' })).toBe(written);
});

it('a text is split where the pattern matches', () => {
  expect(splitByPattern('a, b ,c', '\\s*,\\s*')).toEqual(['a', 'b', 'c']);
  expect(splitByPattern('a1b22c', '\\d')).toEqual(['a', 'b', '', 'c']);
});
