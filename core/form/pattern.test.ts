import { describe, expect, it } from 'vitest';
import { isPattern, readPattern, readWholePattern } from './pattern.ts';

const SLOW = [
  '(a|a)*$',
  '(a|aa)+$',
  '^(a|aa)+$',
  '(a+)+b',
  '^(\\w+\\s?)*$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  'a*a*a*a*a*a*a*a*a*a*b$',
  '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
  '(.*)*x',
  '(a?){30}a{30}',
  '(x+x+)+y',
  '.*.*.*.*.*.*=.*',
];

describe('a pattern that takes forever elsewhere', () => {
  it.each(SLOW)('%s is soon done with the longest of texts', (source) => {
    const text = `${'a'.repeat(20_000)}!`;
    const began = performance.now();
    const pattern = readWholePattern(source);
    expect(isPattern(pattern) && pattern.test(text)).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

it.each(['(?=(a+))\\1b', '(?=.*\\d).{8,}', '(?<!a)b', '(?<n>a)\\k<n>', '(?:a{1,50}){1,50}b', 'a{1,5000}'])(
  '%s is not run at all',
  (source) => expect(readPattern(source)).toBe('unbounded'),
);

it.each(['[', '(a', 'a**', '\\e', '\\-', 'a)(b'])('%s is no pattern', (source) => expect(readWholePattern(source)).toBe('unreadable'));

const ALIKE = [
  '[1-9]\\d{16}[\\dXx]',
  '^\\d{17}[\\dXx]$',
  '^(1\\d{10}|0\\d{2,3}-?\\d{7,8})$',
  '[^@\\s]+@[^@\\s]+\\.[^@\\s]+',
  '\\s*\\S.*',
  '[一-龥]{2,20}(·[一-龥]{2,20})*',
  '[\\u4e00-\\u9fa5]+',
  '[\\u{4e00}-\\u{9fff}]+',
  '\\uD83D\\uDE00+',
  '\\u{1F600}',
  '[\\p{L} ]+',
  '\\p{Script=Han}+',
  '\\p{Letter}+',
  '\\P{L}+',
  '[\\w\\-/.]+',
  '\\x41\\cA?\\/?',
  '[^]*',
  '[\\s\\S]{3}',
  '.{3}',
  '[\\s.]+',
  '[[:a]+',
  '[\\b\\]]+',
  '(?<year>\\d{4})-(?:\\d\\d)',
  '\\bfoo\\b',
  '\\0?a',
  'a|bc|',
  '[^\\x00-\\x1f]*',
  '\\^\\$\\\\',
];
const TEXTS = [
  ...['', 'a', 'abc', 'foo', 'bc', 'A/', 'A\u0001/', '[:a', 'b]', '\b]', '^$\\', '\u0000a', 'x.y-z/w_1'],
  ...['11010519491231002X', '13800138000', '010-12345678', 'a@b.cn', 'a b@c.d', '2026-11', '王小明', '阿依古丽·买买提', '一二三'],
  ...['a\u3000b', '\u3000', '\u00a0x', '\ufeff', 'a\nb', 'a\rb', 'a\u2028b', ' \t.', '😀', '😀😀', 'ａｂｃ', 'é è', '\ud83d', '\u000b'],
];

describe('a pattern means what it means in JavaScript', () => {
  it.each(ALIKE)('%s', (source) => {
    const pattern = readWholePattern(source);
    const own = new RegExp(`^(?:${source})$`, 'u');
    if (!isPattern(pattern)) throw new Error(pattern);
    for (const text of TEXTS) expect([text, pattern.test(text)]).toEqual([text, own.test(text)]);
  });

  it('with its flags, and where it replaces', () => {
    const read = (source: string, flags = {}) => {
      const pattern = readPattern(source, flags);
      if (!isPattern(pattern)) throw new Error(pattern);
      return pattern;
    };
    expect(read('^ABC$', { ignoresCase: true }).test('abc')).toBe(true);
    expect(read('^b$', { isMultiline: true }).test('a\nb')).toBe(true);
    expect(read('a.b', { isDotAll: true }).test('a\nb')).toBe(true);
    for (const by of ['$2-$1', '[$&]', '$$', '$3', '']) {
      expect([by, read('(\\d)(\\w)').replace('1a2b', by)]).toEqual([by, '1a2b'.replace(/(\d)(\w)/gu, by)]);
    }
  });
});
