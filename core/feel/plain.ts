/**
 * The shapes of FEEL that need no interpreter: texts, numbers, names with members, `a.b = "text"`, sums of texts and lists of these. They give
 * exactly what the interpreter gives, or `undecided`, and then the interpreter decides: a missing name, a list where a text was
 * expected, anything with a coercion of its own.
 */
import type { Json, JsonObject } from '#core/json.ts';

export const undecided: unique symbol = Symbol('undecided');

type Undecided = typeof undecided;
type Plain = (context: JsonObject) => Json | Undecided;

/** Sources come from deployed graphs, so they are few; the bound only keeps a hostile caller from filling the memory. */
const known = new Map<string, Plain | null>();
const KNOWN_MAX = 5_000;

export function plainOf(source: string): Plain | null {
  const found = known.get(source);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_MAX) known.clear();
  const plain = readExpression(source.trim());
  known.set(source, plain);
  return plain;
}

function readExpression(source: string): Plain | null {
  return readTerm(source) ?? readComparison(source) ?? readSum(source) ?? readList(source);
}

const TEXT = '"[^"\\\\]*"';
const NAME = '[A-Za-z_][A-Za-z0-9_]*';
const PATH = `${NAME}(?:\\.${NAME})*`;
const TERM = `(?:${TEXT}|${PATH})`;

const WHOLE_TEXT = new RegExp(`^${TEXT}$`);
const WHOLE_PATH = new RegExp(`^${PATH}$`);
const COMPARISON = new RegExp(`^(${PATH})\\s*(=|!=)\\s*(${TEXT}|true|false)$`);
const SUM = new RegExp(`^${TERM}(?:\\s*\\+\\s*${TERM})+$`);
const LIST = new RegExp(`^\\[\\s*${TERM}(?:\\s*,\\s*${TERM})*\\s*\\]$`);
const TERMS = new RegExp(TERM, 'g');
const NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/** Words that begin another construct, or that FEEL reads as something else than a name. */
const RESERVED = new Set(
  'true false null and or not if then else for in return some every satisfies between instance of function external item partial'.split(
    ' ',
  ),
);

function readTerm(source: string): Plain | null {
  if (WHOLE_TEXT.test(source)) {
    const text = source.slice(1, -1);
    return () => text;
  }
  if (NUMBER.test(source)) {
    const number = Number(source);
    return () => number;
  }
  if (source === 'true' || source === 'false') {
    const truth = source === 'true';
    return () => truth;
  }
  if (!WHOLE_PATH.test(source)) return null;
  const names = source.split('.');
  if (names.some((name) => RESERVED.has(name))) return null;
  return (context) => follow(context, names);
}

function follow(context: JsonObject, names: readonly string[]): Json | Undecided {
  let value: Json = context;
  for (const name of names) {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name)) return undecided;
    value = (value as JsonObject)[name] ?? null;
  }
  return value;
}

function readComparison(source: string): Plain | null {
  const match = COMPARISON.exec(source);
  if (!match?.[1] || !match[3]) return null;
  const [left, right] = [readTerm(match[1]), readTerm(match[3])];
  if (!left || !right) return null;
  const wanted = match[2] === '=';
  return (context) => {
    const [a, b] = [left(context), right(context)];
    if (typeof a !== typeof b || (typeof a !== 'string' && typeof a !== 'boolean')) return undecided;
    return (a === b) === wanted;
  };
}

function readSum(source: string): Plain | null {
  if (!SUM.test(source)) return null;
  return combine(source, (values) => (values.every((value) => typeof value === 'string') ? values.join('') : undecided));
}

function readList(source: string): Plain | null {
  if (!LIST.test(source)) return null;
  return combine(source, (values) => values);
}

function combine(source: string, join: (values: Json[]) => Json | Undecided): Plain | null {
  const terms: Plain[] = [];
  for (const [text] of source.matchAll(TERMS)) {
    const term = readTerm(text);
    if (!term) return null;
    terms.push(term);
  }
  return (context) => {
    const values: Json[] = [];
    for (const term of terms) {
      const value = term(context);
      if (value === undecided) return undecided;
      values.push(value);
    }
    return join(values);
  };
}
