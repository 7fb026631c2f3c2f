/** Reads plain FEEL into functions. Whatever it accepts must mean the same in the whole language; when in doubt it gives up. */
import type { Json, JsonObject } from '#core/json.ts';
import { type Plain, undecided } from './plain.ts';

export function readPlain(source: string): Plain | null {
  const tokens = tokensOf(source);
  if (!tokens) return null;
  const reader: Reader = { tokens, at: 0 };
  const plain = readExpression(reader);
  return plain && reader.at === tokens.length ? plain : null;
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

/** A minus sign could be part of a name, so only sums with `+` are plain. Two tokens that touch must be told apart by their kind. */
const TOKEN = /\s*("[^"\\]*"|\d+(?:\.\d+)?(?![\w.])|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|!=|<=|>=|[=<>+(),[\]])/y;

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

function readExpression(reader: Reader): Plain | null {
  return take(reader, 'if') ? readIf(reader) : readOr(reader);
}

function readIf(reader: Reader): Plain | null {
  const condition = readExpression(reader);
  if (!condition || !take(reader, 'then')) return null;
  const yes = readExpression(reader);
  if (!yes || !take(reader, 'else')) return null;
  const no = readExpression(reader);
  if (!no) return null;
  return (context) => {
    const holds = condition(context);
    return typeof holds === 'boolean' ? (holds ? yes : no)(context) : undecided;
  };
}

const readOr = (reader: Reader): Plain | null => readLogic(reader, 'or', readAnd);
const readAnd = (reader: Reader): Plain | null => readLogic(reader, 'and', readComparison);

function readLogic(reader: Reader, word: 'and' | 'or', readPart: (reader: Reader) => Plain | null): Plain | null {
  let left = readPart(reader);
  while (left && take(reader, word)) {
    const right = readPart(reader);
    left = right && bothTruths(left, right, word);
  }
  return left;
}

const bothTruths =
  (left: Plain, right: Plain, word: 'and' | 'or'): Plain =>
  (context) => {
    const [a, b] = [left(context), right(context)];
    if (typeof a !== 'boolean' || typeof b !== 'boolean') return undecided;
    return word === 'and' ? a && b : a || b;
  };

function readComparison(reader: Reader): Plain | null {
  const left = readSum(reader);
  const operator = left && take(reader, '=', '!=', '<', '<=', '>', '>=');
  if (!left || !operator) return left;
  const right = readSum(reader);
  // A chain of comparisons is read otherwise than from left to right.
  if (!right || ['=', '!=', '<', '<=', '>', '>='].includes(peek(reader))) return null;
  return (context) => compare(operator, left(context), right(context));
}

type Value = Json | typeof undecided;

function compare(operator: string, left: Value, right: Value): Value {
  if (operator === '=' || operator === '!=') {
    const equal = isEqual(left, right);
    return equal === undecided ? undecided : equal === (operator === '=');
  }
  if (typeof left !== 'number' || typeof right !== 'number') return undecided;
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

function readSum(reader: Reader): Plain | null {
  let left = readTerm(reader);
  while (left && take(reader, '+')) {
    const right = readTerm(reader);
    left = right && sumOf(left, right);
  }
  return left;
}

const sumOf =
  (left: Plain, right: Plain): Plain =>
  (context) => {
    const [a, b] = [left(context), right(context)];
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    return typeof a === 'number' && typeof b === 'number' && Number.isFinite(a + b) ? a + b : undecided;
  };

function readTerm(reader: Reader): Plain | null {
  const plain = readAtom(reader);
  // A call, a filter or a second word of a name makes it something else.
  return plain && /^[([\w"]/.test(peek(reader)) && !/^(and|or|then|else)$/.test(peek(reader)) ? null : plain;
}

function readAtom(reader: Reader): Plain | null {
  if (take(reader, '[')) return readList(reader);
  if (take(reader, '(')) {
    const inner = readExpression(reader);
    return inner && take(reader, ')') ? inner : null;
  }
  const token = peek(reader);
  reader.at += 1;
  if (token.startsWith('"')) return constant(token.slice(1, -1));
  if (/^\d/.test(token)) return constant(Number(token));
  if (token === 'true' || token === 'false') return constant(token === 'true');
  if (token === 'null') return constant(null);
  return /^[A-Za-z_]/.test(token) ? pathOf(token.split('.')) : null;
}

const constant =
  (value: Json): Plain =>
  () =>
    value;

function readList(reader: Reader): Plain | null {
  const items: Plain[] = [];
  if (take(reader, ']')) return constant([]);
  do {
    const item = readExpression(reader);
    if (!item) return null;
    items.push(item);
  } while (take(reader, ','));
  if (!take(reader, ']')) return null;
  return (context) => {
    const values: Json[] = [];
    for (const item of items) {
      const value = item(context);
      if (value === undecided) return undecided;
      values.push(value);
    }
    return values;
  };
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

function pathOf(names: readonly string[]): Plain | null {
  if (names.some((name) => RESERVED.has(name))) return null;
  const [first = '', ...members] = names;
  // The clock is not a variable, whatever variables there are.
  if (first === 'now' || first === 'today') return null;
  return (context) => {
    if (!Object.hasOwn(context, first)) return FUNCTIONS.has(first) ? undecided : nullUnlessSpaced(context);
    let value: Json = context[first] ?? null;
    for (const member of members) {
      if (value === null) return null;
      if (typeof value !== 'object' || Array.isArray(value)) return undecided;
      const object = value as JsonObject;
      if (!Object.hasOwn(object, member)) return undecided;
      value = object[member] ?? null;
    }
    return value;
  };
}

/** FEEL finds `a  b` under `a b`: with such names about, a missing one is looked for by the interpreter. */
function nullUnlessSpaced(context: JsonObject): Json | typeof undecided {
  for (const name in context) if (!/^\w+$/.test(name)) return undecided;
  return null;
}
