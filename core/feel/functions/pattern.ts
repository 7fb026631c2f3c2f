/** Regular expressions of XPath and XQuery (Functions and Operators 3.1, 5.6), which FEEL uses, by those of JavaScript. */
import { Remembered } from '#core/remembered.ts';
import { SLOW_PATTERN } from './slow-pattern.ts';

const known = new Remembered<RegExp | null>(1_000);

/** Undefined for what is not a pattern, or one that JavaScript cannot match alike. */
export const patternOf = (pattern: string, flags: string): RegExp | undefined =>
  known.get(`${flags}/${pattern}`, () => readPattern(pattern, flags)) ?? undefined;

function readPattern(pattern: string, flags: string): RegExp | null {
  // The classes of names of XML are not known to JavaScript.
  if (/[^smixq]/.test(flags) || /\\[icIC]/.test(pattern)) return null;
  // XPath has no look-around, no named groups and no lazy comment.
  if (!flags.includes('q') && /\(\?(?!:)/.test(pattern)) return null;
  let source = flags.includes('q') ? pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : pattern;
  if (flags.includes('x') && !flags.includes('q')) source = withoutSpaces(source);
  if (!flags.includes('q')) source = withSubtraction(withBlocks(source));
  if (SLOW_PATTERN.test(source) || /\\p\{Is/i.test(source) || BACK_REFERENCE_IN_CLASS.test(source)) return null;
  try {
    return new RegExp(source, `${flags.includes('i') ? 'i' : ''}${flags.includes('m') ? 'm' : ''}${flags.includes('s') ? 's' : ''}v`);
  } catch {
    return null;
  }
}

/** White space is no part of the pattern, except in a class. */
function withoutSpaces(source: string): string {
  let depth = 0;
  let kept = '';
  for (const character of source) {
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (depth > 0 || !/[ \t\n\r]/.test(character)) kept += character;
  }
  return kept;
}

const BACK_REFERENCE_IN_CLASS = /\[(?:[^\]\\]|\\\D)*\\\d/;

/** Blocks of Unicode by name, of which JavaScript knows none: those that texts here are made of. */
const BLOCKS: Readonly<Record<string, string>> = {
  BasicLatin: '\\u0000-\\u007F',
  'Latin-1Supplement': '\\u0080-\\u00FF',
  'LatinExtended-A': '\\u0100-\\u017F',
  'LatinExtended-B': '\\u0180-\\u024F',
  GreekandCoptic: '\\u0370-\\u03FF',
  Greek: '\\u0370-\\u03FF',
  Cyrillic: '\\u0400-\\u04FF',
  Hebrew: '\\u0590-\\u05FF',
  Arabic: '\\u0600-\\u06FF',
  Hiragana: '\\u3040-\\u309F',
  Katakana: '\\u30A0-\\u30FF',
  HangulSyllables: '\\uAC00-\\uD7AF',
  CJKSymbolsandPunctuation: '\\u3000-\\u303F',
  CJKUnifiedIdeographs: '\\u4E00-\\u9FFF',
};

const withBlocks = (source: string): string =>
  source.replace(/\\([pP])\{Is([\w-]+)\}/g, (whole, letter: string, name: string) => {
    const block = BLOCKS[name];
    return block === undefined ? whole : `[${letter === 'P' ? '^' : ''}${block}]`;
  });

/** `[a-z-[aeiou]]` is `[[a-z]--[aeiou]]`; what else has a meaning of its own in a class is escaped. */
function withSubtraction(source: string): string {
  let depth = 0;
  let written = '';
  for (let index = 0; index < source.length; index += 1) {
    const character = source[index] ?? '';
    if (character === '\\') {
      const next = source[index + 1] ?? '';
      // In XPath a minus sign may be escaped anywhere.
      written += next === '-' && depth === 0 ? '-' : character + next;
      index += 1;
    } else if (character === '[') {
      depth += 1;
      written += character;
    } else if (character === ']') {
      depth -= 1;
      written += character;
    } else if (depth > 0 && character === '-' && source[index + 1] === '[') {
      const begin = written.lastIndexOf('[');
      written = `${written.slice(0, begin)}[${written.slice(begin)}]--`;
    } else if (depth > 0 && character === '-' && (/\[\^?$/.test(written) || source[index + 1] === ']')) {
      written += '\\-';
    } else written += depth > 0 && /[(){}/|&!#%,:;<=>@`~.*+?$]/.test(character) ? escapedInClass(character) : character;
  }
  return written;
}

const escapedInClass = (character: string): string => (/[.*+?$]/.test(character) ? character : `\\${character}`);

interface Replacement {
  readonly pattern: string;
  readonly replacement: string;
  readonly flags: string;
}

export function replacePattern(input: string, { pattern, replacement, flags }: Replacement): string | undefined {
  const found = patternOf(pattern, flags);
  // `$` stands before a digit, a backslash before one of both.
  if (!found || (!flags.includes('q') && /(?:^|[^\\])(?:\\\\)*(?:\\[^\\$]|\\$|\$(?!\d))/.test(replacement))) return undefined;
  if (found.test('')) return undefined;
  const all = new RegExp(found.source, `${found.flags}g`);
  return input.replace(all, (...matched: unknown[]) => (flags.includes('q') ? replacement : filled(replacement, groupsOf(matched))));
}

/** What `replace` hands over: the match, its groups, then its position. */
const groupsOf = (matched: readonly unknown[]): readonly string[] =>
  matched
    .slice(
      0,
      matched.findIndex((part) => typeof part === 'number'),
    )
    .map((part) => (typeof part === 'string' ? part : ''));

function filled(replacement: string, groups: readonly string[]): string {
  return replacement.replace(/\\([\\$])|\$(\d+)/g, (_, escaped: string | undefined, digits: string) => {
    if (escaped !== undefined) return escaped;
    // As many digits as name a group; the others are themselves.
    let length = digits.length;
    while (length > 1 && Number(digits.slice(0, length)) >= groups.length) length -= 1;
    return (groups[Number(digits.slice(0, length))] ?? '') + digits.slice(length);
  });
}

export function splitByPattern(text: string, delimiter: string): readonly string[] | undefined {
  const found = patternOf(delimiter, '');
  if (!found || found.test('')) return undefined;
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(new RegExp(found.source, `${found.flags}g`))) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
