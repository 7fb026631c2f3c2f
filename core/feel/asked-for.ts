/**
 * Members that an expression asks for in order to hear whether they are there: `a.b = null`, `a.b = "x"`, `is defined(a.b)`. That one is not
 * there is an answer, and no warning.
 */
import { type FeelNode, nameOf } from './tree.ts';

const asked = new WeakSet<FeelNode>();

export const isAsked = (node: FeelNode): boolean => asked.has(node);

/** Of a node that is about to be read, what it asks for. */
export function markAskedFor(node: FeelNode): void {
  const isAsking = node.name === 'Comparison' ? isEquality(node) : node.name === 'FunctionInvocation' && isQuestion(node);
  if (isAsking) for (const child of node.children.flatMap(operands)) markPath(child);
}

const operands = (node: FeelNode): readonly FeelNode[] => (node.name === 'PositionalParameters' ? node.children : [node]);

/** With what it is a member of. */
export function markPath(node: FeelNode): void {
  if (node.name !== 'PathExpression') return;
  asked.add(node);
  for (const base of node.children.slice(0, 1)) markPath(base);
}

export const isEquality = (node: FeelNode): boolean => node.children.some(({ name, text }) => name === 'CompareOp' && /^!?=$/.test(text));

/** These are asked in order to hear that something is missing. */
export const ASKS_FOR_NULL = /^(is defined|get or else|is empty)$/;

const isQuestion = ({ children: [callee] }: FeelNode): boolean => callee !== undefined && ASKS_FOR_NULL.test(nameOf(callee));
