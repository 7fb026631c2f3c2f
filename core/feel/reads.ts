/**
 * Which variables an expression reads, and whether it minds when one is not there. FEEL gives null for an unknown name, and null may be
 * compared for equality; in sums, orders and iterations it makes the whole expression null.
 */
import { ASKS_FOR_NULL, isEquality } from './asked-for.ts';
import { type FeelNode, isLiteral, nameOf, pathOf, treeOf } from './tree.ts';

export interface Read {
  readonly path: readonly string[];
  /** It reads as well when the variable is not there: compared with `=`, tested for null. */
  readonly isTolerant: boolean;
}

/** Names that an expression takes from around it, of variables and of functions. */
export function freeNames(tree: FeelNode): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (path: readonly string[]): void => void names.add(path[0] ?? '');
  visit(tree, { bound: new Set(), isTolerant: false, collect, readsCallees: true });
  return names;
}

export function readsOf(source: string): readonly Read[] {
  const found = new Map<string, Read>();
  const collect = (path: readonly string[], isTolerant: boolean): void => {
    const key = path.join('.');
    found.set(key, { path, isTolerant: isTolerant && (found.get(key)?.isTolerant ?? true) });
  };
  const tree = treeOf(source);
  visit(tree, { bound: new Set(), isTolerant: false, collect });
  const tested = new Set(equalityTested(tree));
  return [...found.values()].map((read) => (tested.has(read.path[0] ?? '') ? { ...read, isTolerant: true } : read));
}

interface Visit {
  /** Names of loops, contexts and functions. */
  readonly bound: ReadonlySet<string>;
  readonly isTolerant: boolean;
  readonly collect: (path: readonly string[], isTolerant: boolean) => void;
  /** What is called is read too. */
  readonly readsCallees?: true;
}

function visit(node: FeelNode, at: Visit): void {
  const path = pathOf(node);
  if (path) {
    if (!at.bound.has(path[0] ?? '')) at.collect(path, at.isTolerant);
    return;
  }
  switch (node.name) {
    case 'PathExpression':
      for (const child of node.children.slice(0, 1)) visit(child, at);
      return;
    case 'FunctionInvocation':
      visitCall(node, at);
      return;
    case 'Comparison':
      for (const child of node.children) visit(child, { ...at, isTolerant: isEquality(node) });
      return;
    case 'ForExpression':
    case 'QuantifiedExpression':
    case 'Context':
    case 'FunctionDefinition':
      visitBinding(node, at);
      return;
    case 'FilterExpression':
      // Inside a filter a name may be a member of the item; nobody can tell before it runs.
      for (const child of node.children.slice(0, 1)) visit(child, at);
      return;
    case 'NamedParameter':
      for (const child of node.children.slice(1)) visit(child, at);
      return;
    case 'Type':
      return;
    case 'InstanceOfExpression':
      for (const child of node.children.slice(0, 1)) visit(child, { ...at, isTolerant: true });
      return;
    default:
      for (const child of node.children) visit(child, at);
  }
}

function visitCall(node: FeelNode, at: Visit): void {
  const [callee, ...rest] = node.children;
  const isTolerant = callee !== undefined && ASKS_FOR_NULL.test(nameOf(callee));
  const read = callee?.name === 'VariableName' && !at.readsCallees ? rest : node.children;
  for (const child of read) visit(child, { ...at, isTolerant: at.isTolerant || isTolerant });
}

/** What is bound is known in everything to the right of it. */
function visitBinding(node: FeelNode, at: Visit): void {
  const bound = new Set([...at.bound, ...(node.name === 'ForExpression' ? ['partial'] : [])]);
  const walk = (inner: FeelNode): void => {
    if (inner.name === 'InExpression') {
      const [name, ...range] = inner.children;
      for (const child of range) visit(child, { ...at, bound });
      if (name) bound.add(nameOf(name));
    } else if (inner.name === 'ContextEntry') {
      const [key, ...value] = inner.children;
      for (const child of value) visit(child, { ...at, bound });
      if (key) bound.add(nameOf(key));
    } else if (inner.name === 'ParameterName') bound.add(nameOf(inner));
    else if (/^(InExpressions|FormalParameters|FormalParameter|FunctionBody)$/.test(inner.name)) inner.children.forEach(walk);
    else visit(inner, { ...at, bound: new Set(bound) });
  };
  node.children.forEach(walk);
}

/** Roots that the expression itself compares for equality: `if review.outcome = "approve" then review.team …` knows what it does. */
function equalityTested(node: FeelNode): readonly string[] {
  const inside = node.children.flatMap(equalityTested);
  const isTest = node.name === 'Comparison' && isEquality(node) && node.children.some(isLiteral);
  return isTest ? [...inside, ...node.children.flatMap((child) => pathOf(child)?.[0] ?? [])] : inside;
}
