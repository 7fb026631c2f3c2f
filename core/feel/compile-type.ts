/** Types as expressions write them. */
import { type FeelNode, nameOf } from './tree.ts';
import { ANY, type FeelType } from './type.ts';

export type Types = Readonly<Record<string, FeelType>>;

/** Null for a name that nobody has defined. */
export function readTypeNode(node: FeelNode, types: Types): FeelType | null {
  const [inner = node] = node.name === 'Type' ? node.children : [node];
  switch (inner.name) {
    case 'ListType': {
      const element = readTypeNode(typeIn(inner), types);
      return element && { kind: inner.text.startsWith('range') ? 'range' : 'list', element };
    }
    case 'ContextType':
      return readContextType(inner, types);
    case 'FunctionType': {
      const parameters = descendants(inner, 'ArgumentType').map((argument) => readTypeNode(typeIn(argument), types));
      const result = readTypeNode(inner.children.at(-1) ?? inner, types);
      return result && parameters.every((type) => type !== null) ? { kind: 'function', parameters, result } : null;
    }
    default:
      return namedType(nameOf(inner), types);
  }
}

function readContextType(node: FeelNode, types: Types): FeelType | null {
  const members: Record<string, FeelType> = {};
  for (const entry of descendants(node, 'ContextEntryType')) {
    const [name] = entry.children;
    const type = readTypeNode(typeIn(entry), types);
    if (!name || !type) return null;
    members[nameOf(name)] = type;
  }
  return { kind: 'context', members };
}

const typeIn = (node: FeelNode): FeelNode => node.children.find(({ name }) => name === 'Type') ?? node;

/** Not those inside one another. */
const descendants = (node: FeelNode, name: string): readonly FeelNode[] =>
  node.children.flatMap((child) => (child.name === name ? [child] : /Types$/.test(child.name) ? descendants(child, name) : []));

const SIMPLE = [
  'null',
  'boolean',
  'string',
  'number',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
] as const;

/** Other ways of writing a type, in FEEL and in earlier versions of DMN. */
const ALIASES: Readonly<Record<string, (typeof SIMPLE)[number]>> = {
  Null: 'null',
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
};

export function namedType(name: string, types: Types): FeelType | null {
  const known = Object.hasOwn(types, name) ? types[name] : undefined;
  if (known) return known;
  const simple = SIMPLE.find((one) => one === (ALIASES[name] ?? name));
  if (simple) return { kind: 'simple', name: simple };
  if (name === 'Any') return ANY;
  if (name === 'list') return { kind: 'list', element: ANY };
  if (name === 'context') return { kind: 'context', members: {} };
  if (name === 'range') return { kind: 'range', element: ANY };
  return name === 'function' ? { kind: 'function' } : null;
}
