/** A FEEL source as a plain tree, for those who look at expressions without evaluating them. */
import { parseExpression } from 'feelin';

export interface FeelNode {
  /** As the grammar of feelin names it: `Comparison`, `PathExpression` … */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly children: readonly FeelNode[];
}

export function treeOf(source: string): FeelNode {
  const stack: (FeelNode & { children: FeelNode[] })[] = [{ name: 'Root', from: 0, to: source.length, text: source, children: [] }];
  parseExpression(source, {}, undefined).iterate({
    enter({ name, from, to }) {
      const node = { name, from, to, text: source.slice(from, to), children: [] };
      stack.at(-1)?.children.push(node);
      stack.push(node);
    },
    leave() {
      stack.pop();
    },
  });
  const [root] = stack;
  const expression = root?.children[0];
  return expression?.name === 'Expression' ? (expression.children[0] ?? expression) : (expression ?? emptyOf(source));
}

const emptyOf = (source: string): FeelNode => ({ name: 'Empty', from: 0, to: source.length, text: source, children: [] });

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
