/**
 * The tree of a plain source without the parser: literals, names that are single words with members, `and`, `or`, comparisons, arithmetic, `if`,
 * lists, calls, dates, and the usual tests of cells. A workflow reads its expressions anew in each of its sandboxes, and the parser takes half a
 * millisecond for one. Exactly what the parser gives, or null; a property test holds the two together.
 */
import type { FeelNode, Top } from './tree.ts';

const SOURCE_MAX = 1_000;

/** Null for whatever is not plain. */
export function plainTree(source: string, top: Top): FeelNode | null {
  const tokens = source.length <= SOURCE_MAX ? tokensOf(source) : null;
  if (!tokens || tokens.length === 0) return null;
  const reader: Reader = { source, tokens, at: 0 };
  const child = top === 'Expression' ? readExpression(reader) : readUnaryTests(reader);
  if (!child || reader.at < tokens.length) return null;
  return { name: top, from: 0, to: source.length, text: source, children: Array.isArray(child) ? child : [child] };
}

interface Token {
  readonly kind: 'text' | 'number' | 'word' | 'sign';
  readonly text: string;
  readonly from: number;
}

interface Reader {
  readonly source: string;
  readonly tokens: readonly Token[];
  at: number;
}

/** White space is a space: at the end of a line the grammar has rules of its own. */
const TOKEN = / *(?:("[^"\\]*")|(\d+(?:\.\d+)?(?!\w|\.(?!\.)))|([A-Za-z_]\w*)|(!=|<=|>=|\.\.|[-=<>+*/(),.[\]]))/y;

function tokensOf(source: string): readonly Token[] | null {
  const text = source.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (!found) return null;
    const [, literal, number, word, sign] = found;
    const own = literal ?? number ?? word ?? sign ?? '';
    const kind = literal !== undefined ? 'text' : number !== undefined ? 'number' : word !== undefined ? 'word' : 'sign';
    const from = TOKEN.lastIndex - own.length;
    tokens.push({ kind, text: own, from });
  }
  return tokens;
}

const KEYWORDS = new Set('and or if then else return'.split(' '));
/** Words that are no names. */
const RESERVED = new Set(
  'and or if then else return for in some every satisfies between instance of function external not true false null date time duration'.split(
    ' ',
  ),
);

const peek = (reader: Reader, ahead = 0): string => reader.tokens[reader.at + ahead]?.text ?? '';
const isName = (token: Token | undefined): boolean => token?.kind === 'word' && !RESERVED.has(token.text);

function node(reader: Reader, name: string, children: readonly FeelNode[]): FeelNode {
  const [from, to] = [children[0]?.from ?? 0, children.at(-1)?.to ?? 0];
  return { name, from, to, text: reader.source.slice(from, to), children };
}

function leaf({ text, from }: Token, name: string): FeelNode {
  return { name, from, to: from + text.length, text, children: [] };
}

function take(reader: Reader, wanted: string, name = wanted): FeelNode | null {
  const token = reader.tokens[reader.at];
  if (!token || token.text !== wanted || token.kind === 'text') return null;
  reader.at += 1;
  return leaf(token, name);
}

function readExpression(reader: Reader): FeelNode | null {
  if (peek(reader) === 'for') return readFor(reader);
  return peek(reader) === 'if' ? readIf(reader) : readBinary(reader, 0);
}

/** One iterator over what an expression gives. */
function readFor(reader: Reader): FeelNode | null {
  const [word, name, into] = [take(reader, 'for'), identifier(reader, 'Name'), take(reader, 'in')];
  const over = name && into && readExpression(reader);
  const [then, body] = over ? [take(reader, 'return'), readExpression(reader)] : [null, null];
  if (!word || !name || !into || !over || !then || !body) return null;
  const iterator = node(reader, 'InExpression', [name, into, node(reader, 'IterationContext', [over])]);
  return node(reader, 'ForExpression', [word, node(reader, 'InExpressions', [iterator]), then, body]);
}

function readIf(reader: Reader): FeelNode | null {
  const parts: FeelNode[] = [];
  for (const word of ['if', 'then', 'else']) {
    const keyword = take(reader, word);
    const part = keyword && readExpression(reader);
    if (!keyword || !part) return null;
    parts.push(keyword, part);
  }
  return node(reader, 'IfExpression', parts);
}

const COMPARE = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** From what binds least to what binds most. */
const LEVELS: readonly { readonly signs: ReadonlySet<string>; readonly name: string; readonly sign?: string }[] = [
  { signs: new Set(['or']), name: 'Disjunction' },
  { signs: new Set(['and']), name: 'Conjunction' },
  { signs: COMPARE, name: 'Comparison', sign: 'CompareOp' },
  { signs: new Set(['+', '-']), name: 'ArithmeticExpression', sign: 'ArithOp' },
  { signs: new Set(['*', '/']), name: 'ArithmeticExpression', sign: 'ArithOp' },
];

function readBinary(reader: Reader, level: number): FeelNode | null {
  const { signs, name, sign } = LEVELS[level] ?? {};
  if (!signs || name === undefined) return readPart(reader);
  let left = readBinary(reader, level + 1);
  while (left && signs.has(peek(reader))) {
    const operator = take(reader, peek(reader), sign ?? peek(reader));
    const right = operator && readBinary(reader, level + 1);
    if (!operator || !right) return null;
    left = node(reader, name, [left, operator, right]);
    // The grammar reads a chain of comparisons in a way of its own.
    if (signs === COMPARE && COMPARE.has(peek(reader))) return null;
  }
  return left;
}

function readPart(reader: Reader): FeelNode | null {
  const part = readAtom(reader);
  const next = reader.tokens[reader.at];
  // A filter, a call of what was given, a member of a literal, or a name of several words.
  if (
    next &&
    (/^[[(.]/.test(next.text) || next.kind === 'text' || next.kind === 'number' || (next.kind === 'word' && !KEYWORDS.has(next.text)))
  )
    return null;
  return part;
}

function readAtom(reader: Reader): FeelNode | null {
  const token = reader.tokens[reader.at];
  if (!token) return null;
  if (token.kind === 'text') return literal(reader, token, 'StringLiteral');
  if (token.kind === 'number') return literal(reader, token, 'NumericLiteral');
  if (token.text === 'true' || token.text === 'false') return literal(reader, token, 'BooleanLiteral');
  if (token.text === 'null') return literal(reader, token, 'null');
  if (token.text === '(') return readBracketed(reader);
  if (token.text === '[') return readList(reader);
  if (token.text === 'date' || token.text === 'time' || token.text === 'duration') return readDate(reader);
  return isName(token) ? readName(reader) : null;
}

function literal(reader: Reader, token: Token, name: string): FeelNode {
  reader.at += 1;
  return leaf(token, name);
}

function readBracketed(reader: Reader): FeelNode | null {
  const open = take(reader, '(');
  const inner = open && readExpression(reader);
  const close = inner && take(reader, ')');
  return open && inner && close ? node(reader, 'ParenthesizedExpression', [open, inner, close]) : null;
}

function readList(reader: Reader): FeelNode | null {
  const open = take(reader, '[');
  const items = open && readItems(reader, ']');
  const close = items && take(reader, ']');
  return open && items && close ? node(reader, 'List', [open, ...items, close]) : null;
}

function readItems(reader: Reader, end: string): readonly FeelNode[] | null {
  const items: FeelNode[] = [];
  while (peek(reader) !== end) {
    if (items.length > 0 && !take(reader, ',')) return null;
    const item = readExpression(reader);
    if (!item) return null;
    items.push(item);
  }
  return items;
}

/** Between brackets; at least one, because the grammar has another node for none. */
function readArguments(reader: Reader): readonly FeelNode[] | null {
  const open = take(reader, '(');
  const items = open && readItems(reader, ')');
  const close = items && items.length > 0 && take(reader, ')');
  return open && items && close ? [open, node(reader, 'PositionalParameters', items), close] : null;
}

function readDate(reader: Reader): FeelNode | null {
  const words = peek(reader, 1) === 'and' ? ['date', 'and', 'time'] : [peek(reader)];
  const leaves = words.map((word) => take(reader, word));
  if (leaves.some((part) => part === null)) return null;
  const constructor_ = node(
    reader,
    'DateTimeConstructor',
    leaves.filter((part) => part !== null),
  );
  const given = readArguments(reader);
  return given && node(reader, 'DateTimeLiteral', [constructor_, ...given]);
}

function readName(reader: Reader): FeelNode | null {
  let name = identifier(reader, 'VariableName');
  if (name && peek(reader) === '(') {
    const given = readArguments(reader);
    return given && node(reader, 'FunctionInvocation', [name, ...given]);
  }
  while (name && peek(reader) === '.') {
    const dot = take(reader, '.');
    const member = identifier(reader, 'PathName');
    name = dot && member && node(reader, 'PathExpression', [name, dot, member]);
  }
  return name;
}

function identifier(reader: Reader, name: string): FeelNode | null {
  const token = reader.tokens[reader.at];
  return token && isName(token) ? node(reader, name, [literal(reader, token, 'Identifier')]) : null;
}

/** `-`, literals, comparisons and intervals of literals, alone, in a list, or negated. */
function readUnaryTests(reader: Reader): FeelNode | FeelNode[] | null {
  if (peek(reader) === '-' && reader.tokens.length === 1) {
    const sign = take(reader, '-', 'ArithOp');
    return sign && node(reader, 'Wildcard', [sign]);
  }
  if (peek(reader) !== 'not') return readTests(reader);
  const [word, open] = [take(reader, 'not'), take(reader, '(')];
  const tests = word && open && readTests(reader);
  const close = tests && take(reader, ')');
  return word && open && tests && close ? [word, open, tests, close] : null;
}

function readTests(reader: Reader): FeelNode | null {
  const tests: FeelNode[] = [];
  do {
    const test = readTest(reader);
    if (!test) return null;
    tests.push(node(reader, 'PositiveUnaryTest', [test]));
  } while (take(reader, ','));
  return node(reader, 'PositiveUnaryTests', tests);
}

function readTest(reader: Reader): FeelNode | null {
  const operator = COMPARE.has(peek(reader)) ? take(reader, peek(reader), 'CompareOp') : null;
  if (operator) {
    const side = readLiteral(reader);
    return side && node(reader, 'SimplePositiveUnaryTest', [operator, side]);
  }
  if (peek(reader) !== '[' && peek(reader) !== '(') return readLiteral(reader);
  const open = take(reader, peek(reader));
  const from = readLiteral(reader);
  const dots = from && take(reader, '..');
  const to = dots && readLiteral(reader);
  const close = to && (take(reader, ']') ?? take(reader, ')'));
  if (!open || !from || !dots || !to || !close) return null;
  return node(reader, 'SimplePositiveUnaryTest', [node(reader, 'Interval', [open, from, dots, to, close])]);
}

function readLiteral(reader: Reader): FeelNode | null {
  const token = reader.tokens[reader.at];
  if (token?.kind === 'text') return literal(reader, token, 'StringLiteral');
  if (token?.kind === 'number') return literal(reader, token, 'NumericLiteral');
  return token && (token.text === 'true' || token.text === 'false') ? literal(reader, token, 'BooleanLiteral') : null;
}
