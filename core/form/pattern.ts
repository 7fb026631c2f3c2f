/**
 * Regular expressions of forms, run by an automaton whose time grows with the text and never with the ways in which the text could be read
 * (docs/decisions/0023). It knows no look-around and no references to groups; a pattern that needs them is not asked. What JavaScript and the
 * automaton write differently is translated here.
 */
import { RE2JS } from 're2js';
import { Remembered } from '#core/remembered.ts';

export interface Pattern {
  readonly test: (text: string) => boolean;
  /** Every match; `$1` is a group, as in JavaScript. */
  readonly replace: (text: string, by: string) => string;
}

/** `unreadable`: no regular expression. `unbounded`: one that may take forever, or needs more room than a form should. */
export type PatternRead = Pattern | 'unreadable' | 'unbounded';

export interface PatternFlags {
  readonly ignoresCase?: boolean;
  readonly isMultiline?: boolean;
  /** A dot is a line break as well. */
  readonly isDotAll?: boolean;
}

/** As many steps as each character of a text may take. */
const SIZE_MAX = 4_000;

const known = new Remembered<PatternRead>(1_000);

export const readPattern = (source: string, flags: PatternFlags = {}): PatternRead =>
  known.get(`${flagText(flags)}/${source}`, () => read(source, flags));

/** The whole of a text is meant, not a part of it. */
export const readWholePattern = (source: string, flags: PatternFlags = {}): PatternRead => {
  // Half a group would end the one around it.
  const part = readPattern(source, flags);
  return typeof part === 'string' ? part : readPattern(`^(?:${source})$`, flags);
};

export const isPattern = (read: PatternRead): read is Pattern => typeof read !== 'string';

export const isUnbounded = (source: string): boolean => readPattern(source) === 'unbounded';

/** Of a pattern that is not run: somebody could make a page, or the door, wait forever by it. */
export const unboundedWords = (pattern: string): readonly [message: string, messageZh: string] => [
  `The pattern ${pattern} looks ahead or behind, refers back to a group, or counts too far: nothing bounds the time that it takes, so it is not run. Write it without, or as a constraint.`,
  `正则表达式 ${pattern} 使用了环视、反向引用或过大的重复次数，耗时没有上限，不会执行；请改写，或改用约束表达式。`,
];

const flagText = ({ ignoresCase, isMultiline, isDotAll }: PatternFlags): string =>
  `${ignoresCase ? 'i' : ''}${isMultiline ? 'm' : ''}${isDotAll ? 's' : ''}`;

function read(source: string, flags: PatternFlags): PatternRead {
  try {
    new RegExp(source, 'u');
  } catch {
    return 'unreadable';
  }
  const translated = translate(source, flags.isDotAll === true);
  if (translated === null) return 'unbounded';
  try {
    const compiled = RE2JS.compile(
      translated,
      (flags.ignoresCase ? RE2JS.CASE_INSENSITIVE : 0) | (flags.isMultiline ? RE2JS.MULTILINE : 0) | (flags.isDotAll ? RE2JS.DOTALL : 0),
    );
    if (compiled.programSize() > SIZE_MAX) return 'unbounded';
    return {
      test: (text: string) => compiled.test(text),
      replace: (text: string, by: string) => compiled.matcher(text).replaceAll(by),
    };
  } catch {
    return 'unbounded';
  }
}

/** JavaScript's white space holds that of every script. */
const SPACES = '\\s\\x{b}\\p{Z}\\x{feff}';
const ANYTHING = '(?s:.)';
const NO_LINE_BREAK = '[^\\n\\r\\x{2028}\\x{2029}]';

const ESCAPE = String.raw`\\u\{[0-9a-fA-F]+\}|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[pP]\{[^}]*\}|\\c[a-zA-Z]|\\.`;
/** A class that holds everything, or nothing, and the beginning of a group are one token. */
const OUTSIDE = new RegExp(String.raw`${ESCAPE}|\(\?(?:<[=!]|[=!]|<)|\[(?:\\s\\S|\\S\\s|\\d\\D|\\D\\d|\\w\\W|\\W\\w|\^)?\]|[^]`, 'uy');
const IN_CLASS = new RegExp(`${ESCAPE}|[^]`, 'uy');

/** Null where there is no like. The source is one that JavaScript reads. */
function translate(source: string, isDotAll: boolean): string | null {
  let written = '';
  let isInClass = false;
  for (let at = 0; at < source.length; ) {
    const tokens: RegExp = isInClass ? IN_CLASS : OUTSIDE;
    tokens.lastIndex = at;
    const [token = '']: readonly string[] = tokens.exec(source) ?? [];
    const part = isInClass ? inClass(token) : outside(token, isDotAll);
    if (part === null || token === '') return null;
    if (token === '[' || token === ']') isInClass = token === '[' || (isInClass && token !== ']');
    written += part;
    at += token.length;
  }
  return written;
}

function outside(token: string, isDotAll: boolean): string | null {
  if (token === '.') return isDotAll ? ANYTHING : NO_LINE_BREAK;
  if (token === '\\s') return `[${SPACES}]`;
  if (token === '\\S') return `[^${SPACES}]`;
  if (token === '(?<') return '(?P<';
  if (token.startsWith('(?') || token === '[]') return null;
  if (token.length > 1 && token.startsWith('[')) return ANYTHING;
  return token === '\\b' || token === '\\B' ? token : escaped(token);
}

function inClass(token: string): string | null {
  if (token === '\\s') return SPACES;
  // What is not in a set cannot be added to another one.
  if (token === '\\S') return null;
  if (token === '\\b') return '\\x{8}';
  // There `[:` would begin the name of a class.
  return token === '[' ? '\\[' : escaped(token);
}

function escaped(token: string): string | null {
  const [, braced] = /^\\u\{(.+)\}$/.exec(token) ?? [];
  if (braced !== undefined) return `\\x{${braced}}`;
  if (/^\\u/i.test(token)) {
    const units = token
      .split(/\\u/i)
      .slice(1)
      .map((hex) => Number.parseInt(hex, 16));
    return `\\x{${(String.fromCharCode(...units).codePointAt(0) ?? 0).toString(16)}}`;
  }
  if (/^\\c/i.test(token)) return `\\x{${((token.codePointAt(2) ?? 0) % 32).toString(16)}}`;
  if (token === '\\0') return '\\x{0}';
  if (token === '\\/') return '/';
  if (/^\\(?:k|[1-9])$/.test(token)) return null;
  return /^\\p/i.test(token) ? property(token) : token;
}

/** `\p{Script=Han}` is `\p{Han}`, `\p{Letter}` is `\p{L}`. */
function property(token: string): string {
  const [, letter = 'p', name = ''] = /^\\(p)\{(?:(?:Script(?:_Extensions)?|scx?|General_Category|gc)=)?(.*)\}$/i.exec(token) ?? [];
  return `\\${letter}{${CATEGORIES[name] ?? name}}`;
}

const CATEGORIES: Readonly<Record<string, string>> = {
  Letter: 'L',
  Uppercase_Letter: 'Lu',
  Lowercase_Letter: 'Ll',
  Mark: 'M',
  Number: 'N',
  Decimal_Number: 'Nd',
  Punctuation: 'P',
  Symbol: 'S',
  Separator: 'Z',
  Space_Separator: 'Zs',
  Other: 'C',
};
