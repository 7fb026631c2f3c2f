/** The type of an expression, as far as it can be told without values: literals, names with members, calls that give doses. */
import { GIVES_DOSE } from '#core/feel/functions/doses.ts';
import { type FeelNode, nameOf, pathOf } from '#core/feel/tree.ts';
import type { FeelType } from '#core/feel/type.ts';

/** Undefined where it cannot be told. */
export function inferType(node: FeelNode, names: ReadonlyMap<string, FeelType>): FeelType | undefined {
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
      return first && GIVES_DOSE.has(nameOf(first)) ? { kind: 'dose' } : undefined;
    case 'IfExpression': {
      const branches = [node.children[3], node.children[5]].map((branch) => branch && inferType(branch, names));
      return branches.find((type) => type?.kind === 'dose') ?? branches[0];
    }
    case 'FilterExpression': {
      const list = first && inferType(first, names);
      // Of a list of contexts a member is as many as there are, and known by what each is.
      return list?.kind === 'list' ? list.element : isDoseType(list) ? list : undefined;
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

function temporalType(maker: FeelNode | undefined): FeelType | undefined {
  const name = maker?.name === 'DateTimeConstructor' ? nameOf(maker) : '';
  return name === 'date' || name === 'time' || name === 'date and time' ? { kind: 'simple', name } : undefined;
}

function memberType([first = '', ...members]: readonly string[], names: ReadonlyMap<string, FeelType>): FeelType | undefined {
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
