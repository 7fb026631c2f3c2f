import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainTree } from './plain-tree.ts';
import { type FeelNode, parsedTree, type Top } from './tree.ts';

const parts = fc.constantFrom(
  ...'a b1 _c é count round index list context range item partial get is date time duration and or if then else not null true false for in return item date.time a.b a.and between of list string length'.split(
    ' ',
  ),
  ...'1 2.5 .5 1. 1e3 "x" "" "a b" @ ? # + - * / ** ^ = != < <= > >= ( ) [ ] , . .. { } :'.split(' '),
  ' ',
  '  ',
  '\n',
  'date and time(',
  'a.b.c',
  'f(',
);
const sources = fc.array(parts, { minLength: 1, maxLength: 9 }).chain((words) => fc.constantFrom(words.join(''), words.join(' ')));

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b.c', 'o.x.y', '1', '2.50', '"x"', 'true', 'null', 'date and time("2026")', 'f(1, a)', '[]'),
    fc
      .tuple(tie('expression'), fc.constantFrom('=', '!=', '<', '>=', '+', '-', '*', '/', 'and', 'or'), tie('expression'))
      .map(([a, sign, b]) => `${a} ${sign} ${b}`),
    fc.tuple(tie('expression'), fc.constantFrom('=', '<', '+', '-', '*'), tie('expression')).map((words) => words.join('')),
    tie('expression').map((inner) => `(${inner})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([c, a, b]) => `if ${c} then ${a} else ${b}`),
    tie('expression').map((inner) => `duration(${inner})`),
    fc.tuple(tie('expression'), tie('expression')).map(([list, body]) => `for a in ${list} return ${body}`),
  ),
}));
const literals = fc.constantFrom('"a"', '1', '2.5', 'true', 'false');
const test = fc.oneof(
  literals,
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), fc.constantFrom('', ' '), literals).map((words) => words.join('')),
  fc
    .tuple(fc.constantFrom('[', '(', ']'), literals, literals, fc.constantFrom(']', ')', '['))
    .map(([open, a, b, close]) => `${open}${a}..${b}${close}`),
);
const tests = fc
  .tuple(fc.array(test, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([all, isNegated]) => (isNegated ? `not(${all.join(',')})` : all.join(', ')));

function expectSame(source: string, top: Top): void {
  const plain = plainTree(source, top);
  if (plain) expect({ source, tree: withCalls(plain) }).toEqual({ source, tree: withCalls(parsedTree(source, top)) });
}

/** The parser loses its way in some expressions that are right: `if duration([] = duration(date and time("2026"))) then 1 else 2`. */
const isParsed = ({ name, children }: FeelNode): boolean => name !== '⚠' && children.every(isParsed);

/** Inside `if` the parser takes `date(…)` for a call like any other, which means the same. */
function withCalls(node: FeelNode): FeelNode {
  const children = node.children.map(withCalls);
  const [callee, ...rest] = children;
  if (node.name !== 'DateTimeLiteral' || !callee) return { ...node, children };
  const words = callee.children.map((word) => ({ ...word, name: 'Identifier' }));
  return { ...node, name: 'FunctionInvocation', children: [{ ...callee, name: 'VariableName', children: words }, ...rest] };
}

describe('the tree of a plain source', () => {
  it('is that of the parser, whatever the expression', () => {
    fc.assert(
      fc.property(
        expression.filter((source) => isParsed(parsedTree(source, 'Expression'))),
        (source) => expectSame(source, 'Expression'),
      ),
      { numRuns: 500 },
    );
  });

  it('is that of the parser, whatever the tests', () => {
    fc.assert(
      fc.property(tests, (source) => expectSame(source, 'UnaryTests')),
      { numRuns: 500 },
    );
  });

  it('is that of the parser, or none, whatever the text', () => {
    fc.assert(
      fc.property(sources, fc.constantFrom<Top>('Expression', 'UnaryTests'), (source, top) => expectSame(source, top)),
      { numRuns: 2_000 },
    );
  });

  it.each([
    'urgency = "urgent" and count(items) > 2',
    'starter.tier',
    'date and time(due) < date and time("2026-01-01T00:00:00Z")',
    '[a, "x"]',
  ])('needs no parser for %s', (source) => {
    expect(plainTree(source, 'Expression')).not.toBeNull();
  });

  it.each(['-', '"a","b"', 'not("a")', '>= 5', '[1..2)'])('needs no parser for the test %s', (source) => {
    expect(plainTree(source, 'UnaryTests')).not.toBeNull();
  });

  it.each(['room no', 'a[1]', '{a: 1}', 'function(x) x', 'string length("a")', '-1', '"\\n"', '1.e', ''])(
    'is left to the parser for %s',
    (source) => {
      expect(plainTree(source, 'Expression')).toBeNull();
    },
  );
});
