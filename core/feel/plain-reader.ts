/** Reads plain FEEL into functions. Whatever it accepts must mean the same in the whole language; when in doubt it gives up. */
import type { Json, JsonObject } from '#core/json.ts';
import type { Moment } from './moment.ts';
import { type Plain, undecided } from './plain.ts';
import { PlainDateTime, PlainSpan, plainDateTime, plainSpan } from './plain-temporal.ts';

export function readPlain(source: string): Plain | null {
  const tokens = tokensOf(source);
  if (!tokens) return null;
  const reader: Reader = { tokens, at: 0 };
  const read = readExpression(reader);
  return read && reader.at === tokens.length ? (context, moment) => jsonOf(read(context, moment)) : null;
}

type Value = Json | PlainDateTime | PlainSpan | typeof undecided;
type Part = (context: JsonObject, moment: Moment) => Value;

function jsonOf(value: Value): Json | typeof undecided {
  if (value instanceof PlainDateTime) return value.text() ?? undecided;
  return value instanceof PlainSpan ? undecided : value;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

const peek = (reader: Reader): string => reader.tokens[reader.at] ?? '';

function take(reader: Reader, ...wanted: readonly string[]): string | null {
  const token = peek(reader);
  if (!wanted.includes(token)) return null;
  reader.at += 1;
  return token;
}

/** A minus sign could be part of a name, so it is one only before `duration(…)`. Two tokens that touch must be told apart by their kind. */
const TOKEN = /\s*("[^"\\]*"|\d+(?:\.\d+)?(?![\w.])|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|!=|<=|>=|[-=<>+(),[\]])/y;

function tokensOf(source: string): readonly string[] | null {
  const text = source.trimEnd();
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, token] = TOKEN.exec(text) ?? [];
    // A failed match resets `lastIndex`, which would begin anew.
    if (token === undefined) return null;
    tokens.push(token);
  }
  return tokens;
}

function readExpression(reader: Reader): Part | null {
  if (take(reader, 'if')) return readIf(reader);
  return take(reader, 'for') ? readFor(reader) : readOr(reader);
}

function readIf(reader: Reader): Part | null {
  const condition = readExpression(reader);
  if (!condition || !take(reader, 'then')) return null;
  const yes = readExpression(reader);
  if (!yes || !take(reader, 'else')) return null;
  const no = readExpression(reader);
  if (!no) return null;
  return (context, moment) => {
    const holds = condition(context, moment);
    return typeof holds === 'boolean' ? (holds ? yes : no)(context, moment) : undecided;
  };
}

/** One iterator over a list. */
function readFor(reader: Reader): Part | null {
  const name = peek(reader);
  if (!/^[A-Za-z_]\w*$/.test(name) || RESERVED.has(name)) return null;
  reader.at += 1;
  const list = take(reader, 'in') && readExpression(reader);
  const body = list && take(reader, 'return') && readExpression(reader);
  if (!list || !body) return null;
  return (context, moment) => {
    const items = list(context, moment);
    if (!Array.isArray(items)) return undecided;
    const inner: Record<string, Json> = { ...context };
    return listOf(items, (item: Json) => {
      inner[name] = item;
      return body(inner, moment);
    });
  };
}

const readOr = (reader: Reader): Part | null => readLogic(reader, 'or', readAnd);
const readAnd = (reader: Reader): Part | null => readLogic(reader, 'and', readComparison);

function readLogic(reader: Reader, word: 'and' | 'or', readPart: (reader: Reader) => Part | null): Part | null {
  let left = readPart(reader);
  while (left && take(reader, word)) {
    const right = readPart(reader);
    left = right && bothTruths(left, right, word);
  }
  return left;
}

const bothTruths =
  (left: Part, right: Part, word: 'and' | 'or'): Part =>
  (context, moment) => {
    const [a, b] = [left(context, moment), right(context, moment)];
    if (typeof a !== 'boolean' || typeof b !== 'boolean') return undecided;
    return word === 'and' ? a && b : a || b;
  };

function readComparison(reader: Reader): Part | null {
  const left = readSum(reader);
  const operator = left && take(reader, '=', '!=', '<', '<=', '>', '>=');
  if (!left || !operator) return left;
  const right = readSum(reader);
  // A chain of comparisons is read otherwise than from left to right.
  if (!right || ['=', '!=', '<', '<=', '>', '>='].includes(peek(reader))) return null;
  return (context, moment) => compare(operator, left(context, moment), right(context, moment));
}

function compare(operator: string, left: Value, right: Value): Value {
  if (operator === '=' || operator === '!=') {
    const equal = isEqual(left, right);
    return equal === undecided ? undecided : equal === (operator === '=');
  }
  if (left instanceof PlainDateTime && right instanceof PlainDateTime) return isInOrder(operator, left.ms, right.ms);
  return typeof left === 'number' && typeof right === 'number' ? isInOrder(operator, left, right) : undecided;
}

function isInOrder(operator: string, left: number, right: number): boolean {
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

/** Null is equal to null only; two texts, numbers or truths are compared; anything else has rules of its own. */
function isEqual(left: Value, right: Value): boolean | typeof undecided {
  if (left === undecided || right === undecided) return undecided;
  if (left === null || right === null) return left === right;
  return typeof left === typeof right && typeof left !== 'object' ? left === right : undecided;
}

function readSum(reader: Reader): Part | null {
  let left = readTerm(reader);
  while (left && isOperator(reader)) {
    const sign = take(reader, '+') ? 1 : -1;
    if (sign < 0) reader.at += 1;
    const right = readTerm(reader);
    left = right && sumOf(left, right, sign);
  }
  return left;
}

/** After a closing bracket and before `duration(`, a minus sign is no part of a name. */
function isOperator({ tokens, at }: Reader): boolean {
  if (tokens[at] === '+') return true;
  return tokens[at] === '-' && tokens[at - 1] === ')' && tokens[at + 1] === 'duration' && tokens[at + 2] === '(';
}

const sumOf =
  (left: Part, right: Part, sign: 1 | -1): Part =>
  (context, moment) => {
    const [a, b] = [left(context, moment), right(context, moment)];
    if (a instanceof PlainDateTime && b instanceof PlainSpan) return new PlainDateTime(a.ms + sign * b.ms, a.offset);
    if (sign < 0) return undecided;
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    return typeof a === 'number' && typeof b === 'number' && Number.isFinite(a + b) ? a + b : undecided;
  };

function readTerm(reader: Reader): Part | null {
  const plain = readAtom(reader);
  // A call, a filter or a second word of a name makes it something else.
  return plain && /^[([\w"]/.test(peek(reader)) && !/^(and|or|then|else|return)$/.test(peek(reader)) ? null : plain;
}

function readAtom(reader: Reader): Part | null {
  if (take(reader, '[')) return readList(reader);
  if (take(reader, '(')) {
    const inner = readExpression(reader);
    return inner && take(reader, ')') ? inner : null;
  }
  for (const call of CALLS) if (startsCall(reader, call.words)) return readCall(reader, call);
  const token = peek(reader);
  reader.at += 1;
  if (token.startsWith('"')) return constant(token.slice(1, -1));
  if (/^\d/.test(token)) return constant(Number(token));
  if (token === 'true' || token === 'false') return constant(token === 'true');
  if (token === 'null') return constant(null);
  return /^[A-Za-z_]/.test(token) ? pathOf(token.split('.')) : null;
}

const constant =
  (value: Json): Part =>
  () =>
    value;

interface Call {
  /** Its name, and the bracket that opens its arguments. */
  readonly words: readonly string[];
  readonly give: (values: readonly Value[], moment: Moment) => Value;
}

const CALLS: readonly Call[] = [
  { words: ['now', '('], give: (values, { at }) => (values.length === 0 ? (plainNow(at) ?? undecided) : undecided) },
  { words: ['date', 'and', 'time', '('], give: ([value, ...more]) => readText(value, more, plainDateTime) },
  { words: ['duration', '('], give: ([value, ...more]) => readText(value, more, plainSpan) },
  { words: ['concatenate', '('], give: (lists) => (lists.length > 0 && lists.every(isList) ? lists.flat() : undecided) },
];

const isList = (value: Value): value is Json[] => Array.isArray(value);

function plainNow(at: string): PlainDateTime | null {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? null : new PlainDateTime(ms, null);
}

const readText = <T extends Value>(value: Value | undefined, more: readonly Value[], read: (text: string) => T | null): Value =>
  typeof value === 'string' && more.length === 0 ? (read(value) ?? undecided) : undecided;

const startsCall = ({ tokens, at }: Reader, words: readonly string[]): boolean => words.every((word, index) => tokens[at + index] === word);

function readCall(reader: Reader, { words, give }: Call): Part | null {
  reader.at += words.length;
  const parts = readUpTo(reader, ')');
  const [name = ''] = words;
  // A variable of that name hides the function.
  return (
    parts &&
    ((context, moment) => {
      if (Object.hasOwn(context, name)) return undecided;
      const values: Value[] = [];
      for (const part of parts) {
        const value = part(context, moment);
        if (value === undecided) return undecided;
        values.push(value);
      }
      return give(values, moment);
    })
  );
}

/** Expressions with commas between them, up to a closing bracket. */
function readUpTo(reader: Reader, end: ')' | ']'): readonly Part[] | null {
  const parts: Part[] = [];
  if (take(reader, end)) return parts;
  do {
    const part = readExpression(reader);
    if (!part) return null;
    parts.push(part);
  } while (take(reader, ','));
  return take(reader, end) ? parts : null;
}

function readList(reader: Reader): Part | null {
  const parts = readUpTo(reader, ']');
  return parts && ((context, moment) => listOf(parts, (part) => part(context, moment)));
}

/** Lists hold data; one with a time in it is the interpreter's. */
function listOf<T>(items: readonly T[], give: (item: T) => Value): Value {
  const values: Json[] = [];
  for (const item of items) {
    const value = give(item);
    if (value === undecided || value instanceof PlainDateTime || value instanceof PlainSpan) return undecided;
    values.push(value);
  }
  return values;
}

/** Words that begin another construct, or that FEEL reads as something else than a name. */
const RESERVED = new Set(
  'true false null and or not if then else for in return some every satisfies between instance of function external item partial'.split(
    ' ',
  ),
);

/** Where no variable has such a name, it is the function. */
const FUNCTIONS = new Set(
  `date time number string duration not substring replace contains matches split count min max sum mean all any sublist append concatenate
  remove reverse union flatten product median stddev mode decimal floor ceiling abs modulo sqrt log exp odd even is before after meets
  overlaps finishes includes during starts coincides now today range context sort floor trim`.split(/\s+/),
);

function pathOf(names: readonly string[]): Part | null {
  if (names.some((name) => RESERVED.has(name))) return null;
  const [first = '', ...members] = names;
  // The clock is not a variable, whatever variables there are.
  if (first === 'now' || first === 'today') return null;
  return (context) => {
    if (!Object.hasOwn(context, first)) return FUNCTIONS.has(first) ? undecided : nullUnlessSpaced(context);
    let value: Json | typeof undecided = context[first] ?? null;
    for (const member of members) {
      if (value === null) return null;
      if (typeof value !== 'object' || Array.isArray(value)) return undecided;
      const object = value as JsonObject;
      value = Object.hasOwn(object, member) ? (object[member] ?? null) : nullUnlessSpaced(object);
      if (value === undecided) return undecided;
    }
    return value;
  };
}

/** FEEL finds `a  b` under `a b`: with such names about, a missing one is looked for by the interpreter. */
function nullUnlessSpaced(context: JsonObject): Json | typeof undecided {
  for (const name in context) if (!/^\w+$/.test(name)) return undecided;
  return null;
}
