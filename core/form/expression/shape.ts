/**
 * An expression with its string literals taken out. Large forms say the same thing over and over of other questions, and to read an expression is
 * the most expensive thing about it: what has the same shape has the same syntax tree, and is read once.
 */
import type { SyntaxNode } from './engine.ts';

export interface Shape {
  /** The expression with `'0'`, `'1'` … in the place of its literals. */
  readonly text: string;
  /** As they stood, quotes included. */
  readonly literals: readonly string[];
}

/** Comments and quoted names, in which a quote begins no literal, and literals. */
const TOKENS = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'/g;

export function shapeOf(source: string): Shape {
  const literals: string[] = [];
  const text = source.replace(TOKENS, (token) => (token.startsWith("'") ? `'${literals.push(token) - 1}'` : token));
  return { text, literals };
}

/** A text of that shape with the literals where they stood. */
export const filledIn = (text: string, literals: readonly string[]): string =>
  text.replace(TOKENS, (token) => (token.startsWith("'") ? literalOf(token, literals) : token));

/** The tree of a shape with the literals in it; where things stand in the text is said of the shape. */
export const withLiterals = (node: SyntaxNode, literals: readonly string[]): SyntaxNode => ({
  ...node,
  ...(node.type === 'StringLiteral' && node.text !== undefined ? { text: literalOf(node.text, literals) } : {}),
  ...(node.delimitedText?.startsWith("'") ? { delimitedText: literalOf(node.delimitedText, literals) } : {}),
  ...(node.children ? { children: node.children.map((child) => withLiterals(child, literals)) } : {}),
});

const literalOf = (placeholder: string, literals: readonly string[]): string => literals[Number(placeholder.slice(1, -1))] ?? placeholder;
