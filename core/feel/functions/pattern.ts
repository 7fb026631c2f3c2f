/**
 * Regular expressions of XPath and XQuery (Functions and Operators 3.1, 5.6), which FEEL uses, by those of JavaScript. One that could be read
 * in many ways is run by an automaton, whose time grows with the text and never with the ways.
 */
import { Remembered } from '#core/remembered.ts';
import { automatonOf, type Found } from './automaton.ts';

export interface Pattern {
  readonly test: (text: string) => boolean;
  readonly matches: (text: string) => Iterable<Found>;
}

const known = new Remembered<Pattern | null>(1_000);

/** Undefined for what is not a pattern, or one that cannot be matched alike within bounds. */
export const patternOf = (pattern: string, flags: string): Pattern | undefined =>
  known.get(`${flags}/${pattern}`, () => readPattern(pattern, flags)) ?? undefined;

function readPattern(pattern: string, flags: string): Pattern | null {
  // The classes of names of XML are not known to JavaScript.
  if (/[^smixq]/.test(flags) || /\\[icIC]/.test(pattern)) return null;
  // XPath has no look-around, no named groups and no lazy comment.
  if (!flags.includes('q') && /\(\?(?!:)/.test(pattern)) return null;
  let source = flags.includes('q') ? pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : pattern;
  if (flags.includes('x') && !flags.includes('q')) source = withoutSpaces(source);
  if (!flags.includes('q')) source = translated(withBlocks(source), flags.includes('s'));
  if (/\\p\{Is/i.test(source) || BACK_REFERENCE_IN_CLASS.test(source)) return null;
  try {
    const found = new RegExp(source, `${flags.replace(/[^ims]/g, '')}gv`);
    const { isSpecial, choices, isGroupRepeated } = formOf(source);
    if (choices < 2 && !isGroupRepeated) return ofJavaScript(found);
    if (!isSpecial) return ofAutomaton(source, flags);
    return isGroupRepeated || choices > CHOICES_MAX ? null : ofJavaScript(found);
  } catch {
    return null;
  }
}

/** How many ways there may be of reading a text by it; special is what the automaton does not know: references to groups. */
function formOf(source: string) {
  const plain = source.replace(/\\(?![1-9])./g, '.');
  const outside = plain.replace(/\[[^[\]]*\]/g, '.');
  return {
    isSpecial: /\\[1-9]/.test(outside),
    choices: outside.match(/[*+|]|\{\d+,?\d*\}|(?<![(*+?}])\?/g)?.length ?? 0,
    isGroupRepeated: /\)(?:[*+]|\{\d)/.test(outside),
  };
}

/** Of one that the automaton does not know: the time grows as the text does, so often multiplied by itself. */
const CHOICES_MAX = 3;

const ofJavaScript = (found: RegExp): Pattern => ({
  test: (text) => text.search(found) >= 0,
  *matches(text) {
    for (const match of text.matchAll(found))
      yield { from: match.index, to: match.index + match[0].length, groups: Array.from(match, (group) => group ?? '') };
  },
});

function ofAutomaton(source: string, flags: string): Pattern {
  const matches = automatonOf(source, flags);
  return { matches, test: (text) => matches(text)[Symbol.iterator]().next().done !== true };
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

/** Every letter, mark, number and symbol of every script is of a word: all but punctuation, separators and what is no character. */
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}',
  W: '\\p{P}\\p{Z}\\p{C}',
  s: ' \\t\\n\\r',
};

/** `\S` is all but four characters, and has no other way of being written in a class. */
function classOf(letter: string, isInClass: boolean): string | undefined {
  const members = Object.hasOwn(CLASSES, letter) ? CLASSES[letter] : undefined;
  if (members === undefined) return letter === 'S' ? `[^${CLASSES.s}]` : undefined;
  return isInClass ? members : `[${members}]`;
}

/** `[a-z-[aeiou]]` is `[[a-z]--[aeiou]]`; what else has a meaning of its own in a class is escaped. */
function translated(source: string, isDotAll: boolean): string {
  let depth = 0;
  let written = '';
  for (let index = 0; index < source.length; index += 1) {
    const character = source[index] ?? '';
    if (character === '\\') {
      const next = source[index + 1] ?? '';
      // In XPath a minus sign may be escaped anywhere.
      written += classOf(next, depth > 0) ?? (next === '-' && depth === 0 ? '-' : character + next);
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
    } else if (character === '.' && depth === 0 && !isDotAll) written += NO_LINE_BREAK;
    else written += depth > 0 && /[(){}/|&!#%,:;<=>@`~.*+?$]/.test(character) ? escapedInClass(character) : character;
  }
  return written;
}

const NO_LINE_BREAK = '[^\\n\\r]';

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
  let written = '';
  let at = 0;
  for (const { from, to, groups } of found.matches(input)) {
    written += input.slice(at, from) + (flags.includes('q') ? replacement : filled(replacement, groups));
    at = to;
  }
  return written + input.slice(at);
}

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
  for (const match of found.matches(text)) {
    parts.push(text.slice(from, match.from));
    from = match.to;
  }
  return [...parts, text.slice(from)];
}
