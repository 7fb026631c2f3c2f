/** The type of an expression, as far as it can be told without values: literals, names with members, calls that give doses. */
import { GIVES_DOSE } from '#core/feel/functions/doses.ts';
import { type FeelNode, nameOf, pathOf } from '#core/feel/tree.ts';
import { ANY, type FeelType } from '#core/feel/type.ts';

export type Names = ReadonlyMap<string, FeelType>;

/** Each part of a node with the names that it sees: loops, filters, contexts and functions have some of their own. */
export function partsOf(node: FeelNode, names: Names): readonly { readonly part: FeelNode; readonly names: Names }[] {
  let inside = names;
  switch (node.name) {
    case 'ForExpression':
    case 'QuantifiedExpression':
      return node.children.flatMap((child) => {
        if (child.name !== 'InExpressions') return [{ part: child, names: inside }];
        return child.children.flatMap(({ children: [name, , over] }) => {
          if (!name || !over) return [];
          const part = { part: over, names: inside };
          inside = withName(inside, nameOf(name), over.children[0] && elementOf(inferType(over.children[0], inside)));
          return [part];
        });
      });
    case 'FilterExpression': {
      const [list, ...more] = node.children;
      const item = list && elementOf(inferType(list, names));
      const members = item?.kind === 'context' ? Object.entries(item.members) : [];
      return [
        ...(list ? [{ part: list, names }] : []),
        ...more.map((part) => ({ part, names: withName(new Map([...names, ...members]), 'item', item) })),
      ];
    }
    case 'Context':
      return node.children.map((part) => {
        const seen = { part, names: inside };
        const [key, value] = part.name === 'ContextEntry' ? part.children : [];
        if (key && value) inside = withName(inside, keyOf(key), inferType(value, inside));
        return seen;
      });
    case 'FunctionDefinition': {
      const parameters = node.children.find(({ name }) => name === 'FormalParameters')?.children ?? [];
      for (const {
        children: [name],
      } of parameters)
        if (name) inside = withName(inside, nameOf(name), undefined);
      return node.children.map((part) => ({ part, names: inside }));
    }
    default:
      return node.children.map((part) => ({ part, names }));
  }
}

const withName = (names: Names, name: string, type: FeelType | undefined): Names => new Map([...names, [name, type ?? ANY]]);

const keyOf = (key: FeelNode): string => nameOf(key).replace(/^"(.*)"$/, '$1');

/** One value is a list of it. */
export function elementOf(type: FeelType | undefined): FeelType | undefined {
  if (type?.kind === 'allowed') return elementOf(type.base);
  return type?.kind === 'list' ? type.element : type;
}

/** Undefined where it cannot be told. */
export function inferType(node: FeelNode, names: Names): FeelType | undefined {
  const [first, second] = node.children;
  switch (node.name) {
    case 'Expression':
    case 'PositiveUnaryTest':
      return first && inferType(first, names);
    case 'ParenthesizedExpression':
      return second && inferType(second, names);
    case 'StringLiteral':
      return { kind: 'simple', name: 'string' };
    case 'NumericLiteral':
      return { kind: 'simple', name: 'number' };
    case 'BooleanLiteral':
      return { kind: 'simple', name: 'boolean' };
    case 'FunctionInvocation':
      return callType(node, names);
    case 'List': {
      const items = node.children.map((item) => inferType(item, names));
      const element = items.find(isDoseType) ?? items.find((type) => type?.kind === 'context');
      return element && { kind: 'list', element };
    }
    case 'Context': {
      const entries = partsOf(node, names).filter(({ part }) => part.name === 'ContextEntry');
      const members = entries.map(
        ({
          part: {
            children: [key, value],
          },
          names: seen,
        }) => [key ? keyOf(key) : '', (value && inferType(value, seen)) ?? ANY] as const,
      );
      return { kind: 'context', members: Object.fromEntries(members) };
    }
    case 'ForExpression': {
      const body = partsOf(node, names).at(-1);
      const element = body && inferType(body.part, body.names);
      return element && { kind: 'list', element };
    }
    case 'IfExpression': {
      const branches = [node.children[3], node.children[5]].map((branch) => branch && inferType(branch, names));
      return branches.find((type) => type?.kind === 'dose') ?? branches[0];
    }
    case 'FilterExpression': {
      const list = first && inferType(first, names);
      // Of a list of contexts a member is as many as there are, and known by what each is.
      return list?.kind === 'list' ? list.element : isDoseType(list) || list?.kind === 'context' ? list : undefined;
    }
    case 'PathExpression': {
      const path = pathOf(node);
      if (path) return memberType(path, names);
      const [, , member] = node.children;
      const base = first && inferType(first, names);
      return base && member && memberType(['', nameOf(member)], new Map([['', base]]));
    }
    case 'DateTimeLiteral':
      return temporalType(first);
    default: {
      const path = pathOf(node);
      return path ? memberType(path, names) : undefined;
    }
  }
}

/** What gives doses, a member of a context, or of the doses that it takes. */
function callType(node: FeelNode, names: Names): FeelType | undefined {
  const [callee] = node.children;
  const name = callee ? nameOf(callee) : '';
  if (GIVES_DOSE.has(name)) return { kind: 'dose' };
  const given = argumentsOf(node);
  const [first, second] = given;
  if (name === 'get value' && first && second?.name === 'StringLiteral') {
    const type = inferType(first, names);
    return type && memberType(['', keyOf(second)], new Map([['', type]]));
  }
  if (!GIVES_ITEMS.test(name)) return undefined;
  const dose = given.map((value) => inferType(value, names)).find(isDoseType);
  return dose && { kind: 'list', element: elementOf(dose) ?? dose };
}

const GIVES_ITEMS = /^(append|concatenate|union|sublist|reverse|distinct values|insert before|remove|list replace|flatten)$/;

/** Of a call, by position or by name. */
export const argumentsOf = (call: FeelNode): readonly FeelNode[] =>
  call.children
    .filter(({ name }) => name === 'PositionalParameters' || name === 'NamedParameters')
    .flatMap(({ children }) => children.flatMap((child) => (child.name === 'NamedParameter' ? child.children.slice(1) : [child])));

function temporalType(maker: FeelNode | undefined): FeelType | undefined {
  const name = maker?.name === 'DateTimeConstructor' ? nameOf(maker) : '';
  return name === 'date' || name === 'time' || name === 'date and time' ? { kind: 'simple', name } : undefined;
}

function memberType([first = '', ...members]: readonly string[], names: Names): FeelType | undefined {
  let type = names.get(first);
  for (const member of members) {
    const plain: FeelType | undefined = type?.kind === 'allowed' ? type.base : type?.kind === 'list' ? type.element : type;
    type = plain?.kind === 'context' ? plain.members[member] : undefined;
  }
  return type;
}

/** Under restrictions and in lists too. */
export function isDoseType(type: FeelType | undefined): boolean {
  if (type?.kind === 'allowed') return isDoseType(type.base);
  return type?.kind === 'list' ? isDoseType(type.element) : type?.kind === 'dose';
}
