/** A FEEL source as a plain tree. The grammar is that of lezer-feel; whoever evaluates or looks at expressions reads this tree. */
import { parser, trackVariables } from 'lezer-feel';
import { BUILT_IN_NAMES } from './functions/built-in.ts';
import { plainTree } from './plain-tree.ts';
import { EMPTY_SHAPE, isPlainShape, type Shape } from './scope.ts';

export interface FeelNode {
  /** As the grammar names it: `Comparison`, `PathExpression` … */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly children: readonly FeelNode[];
  /** The source cannot be read from here. */
  readonly isError?: true;
}

export type Top = 'Expression' | 'UnaryTests';

/** The root, named after `top`. Names in `shape` are known whatever they hold: `a-b`, `date of birth`. */
export function parseFeel(source: string, top: Top, shape: Shape = EMPTY_SHAPE): FeelNode {
  // With names that are not single words about, a plain source may mean something else.
  return (isPlainShape(shape) ? plainTree(source, top) : null) ?? parsedTree(source, top, shape);
}

/** By the parser. */
export function parsedTree(source: string, top: Top, shape: Shape = EMPTY_SHAPE): FeelNode {
  const text = withRangeTypes(source);
  const contextTracker = trackVariables({ ...knownFunctions(source), ...shape });
  const root: Building = { name: top, from: 0, to: source.length, text: source, children: [] };
  const stack: Building[] = [root];
  parser
    .configure({ top, contextTracker })
    .parse(text)
    .iterate({
      enter({ name, type, from, to }) {
        if (name === top) return;
        const node: Building = { name, from, to, text: source.slice(from, to), children: [], ...(type.isError ? { isError: true } : {}) };
        if (!COMMENT.test(name)) stack.at(-1)?.children.push(node);
        stack.push(node);
      },
      leave({ name }) {
        if (name !== top) stack.pop();
      },
    });
  return root;
}

type Building = FeelNode & { readonly children: FeelNode[] };

const COMMENT = /^(Line|Block)Comment$/;

/** The grammar has no `range<…>` type: it is read as a list, and is known by its text. */
const withRangeTypes = (source: string): string => source.replace(/\brange(?=\s*<\s*[\p{L}][\p{L}\p{N} ]*>)/gu, 'list ');

/** Names with words that are keywords elsewhere, such as `years and months duration`. */
function knownFunctions(source: string): Record<string, Shape> {
  const spaced = source.replace(/\s+/g, ' ');
  return Object.fromEntries(
    BUILT_IN_NAMES.filter((name) => name.includes(' ') && spaced.includes(name)).map((name) => [name, EMPTY_SHAPE]),
  );
}

/** The first place that cannot be read. */
export function faultIn(node: FeelNode): FeelNode | null {
  if (node.isError || isUnaryPlus(node)) return node;
  for (const child of node.children) {
    const fault = faultIn(child);
    if (fault) return fault;
  }
  return null;
}

/** The grammar takes a plus without a left side; FEEL has a minus only (DMN 1.5, 10.3.1.2, rule 4). */
const isUnaryPlus = ({ name, children }: FeelNode): boolean =>
  name === 'ArithmeticExpression' && children.length === 2 && children[0]?.text === '+';

export function faultWords(source: string, fault: FeelNode): string {
  const rest = source.slice(fault.from, fault.from + 12);
  const written = source.length > SHOWN_MAX ? `${source.slice(0, SHOWN_MAX)}…` : source;
  return rest === '' ? `"${written}" ends too early.` : `"${written}" cannot be read from "${rest}" on.`;
}

const SHOWN_MAX = 200;

/** The expression itself. */
export function treeOf(source: string): FeelNode {
  const [expression] = parseFeel(source, 'Expression').children;
  return expression ?? { name: 'Empty', from: 0, to: source.length, text: source, children: [] };
}

/** `a.b.c` as its names; null for anything that is not a name with members. */
export function pathOf(node: FeelNode): readonly string[] | null {
  if (node.name === 'VariableName') return [nameOf(node)];
  if (node.name !== 'PathExpression') return null;
  const [base, , member] = node.children;
  const path = base && pathOf(base);
  return path && member?.name === 'PathName' ? [...path, nameOf(member)] : null;
}

/** FEEL names may hold spaces, however many. */
export const nameOf = (node: FeelNode): string => node.text.trim().replace(/\s+/g, ' ');

export const isLiteral = ({ name }: FeelNode): boolean => /^(StringLiteral|NumericLiteral|BooleanLiteral|null)$/.test(name);

/** The grammar promises one. */
export function onlyChild(node: FeelNode): FeelNode {
  const [child] = node.children;
  if (!child) throw new Error(`"${node.text}" has nothing in it.`);
  return child;
}

export const childAt = (node: FeelNode, index: number): FeelNode => {
  const child = node.children[index];
  if (!child) throw new Error(`"${node.text}" has no part ${index}.`);
  return child;
};
