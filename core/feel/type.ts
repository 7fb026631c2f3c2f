/** Types of FEEL and of item definitions: does a value conform, and what does it become where a type is expected (DMN 1.5, 10.3.2.9). */
import { isDose } from '#core/dose/dose.ts';
import { FeelRange } from './range.ts';
import { FeelDate, midnightOf } from './temporal.ts';
import { FeelFunction, isContext, isList, type Kind, kindOf, type Value } from './value.ts';

export type FeelType =
  | { readonly kind: 'any' }
  | { readonly kind: 'simple'; readonly name: Exclude<Kind, 'list' | 'context' | 'function' | 'range'> }
  /** Decimal text, which no arithmetic of FEEL touches. */
  | { readonly kind: 'dose' }
  | { readonly kind: 'list'; readonly element: FeelType }
  | { readonly kind: 'context'; readonly members: Readonly<Record<string, FeelType>> }
  | { readonly kind: 'range'; readonly element: FeelType }
  | { readonly kind: 'function'; readonly parameters?: readonly FeelType[]; readonly result?: FeelType }
  /** Only some of the values: the unary tests that they must satisfy. */
  | { readonly kind: 'allowed'; readonly base: FeelType; readonly tests: string };

export const ANY: FeelType = { kind: 'any' };

/** Whether a value satisfies unary tests; given by whoever can evaluate them. */
export type Satisfies = (tests: string, value: Value) => boolean;

/** Null conforms to every type, but is an instance only of Null. */
export function conforms(value: Value, type: FeelType, satisfies: Satisfies): boolean {
  if (value === null) return true;
  switch (type.kind) {
    case 'any':
      return true;
    case 'simple':
      return kindOf(value) === type.name;
    case 'dose':
      return typeof value === 'string' && isDose(value);
    case 'list':
      return isList(value) && value.every((item) => conforms(item, type.element, satisfies));
    case 'context':
      return (
        isContext(value) &&
        Object.entries(type.members).every(
          ([name, member]) => Object.hasOwn(value, name) && conforms(value[name] ?? null, member, satisfies),
        )
      );
    case 'range':
      return (
        value instanceof FeelRange &&
        (value.from === null || conforms(value.from, type.element, satisfies)) &&
        (value.to === null || conforms(value.to, type.element, satisfies))
      );
    case 'function':
      return value instanceof FeelFunction && isFunctionOf(value, type);
    case 'allowed':
      return conforms(value, type.base, satisfies) && satisfies(type.tests, value);
  }
}

function isFunctionOf(value: FeelFunction, type: Extract<FeelType, { kind: 'function' }>): boolean {
  if (!type.parameters) return true;
  return (
    value.parameters.length === type.parameters.length &&
    type.parameters.every((parameter, index) => isSubtype(parameter, value.parameters[index]?.type ?? ANY)) &&
    // What a function gives is often not said; then it is known once it is called.
    (!type.result || !value.result || isSubtype(value.result, type.result))
  );
}

/** Whatever conforms to `sub` conforms to `type`. */
export function isSubtype(sub: FeelType, type: FeelType): boolean {
  if (type.kind === 'any') return true;
  if (sub.kind === 'simple' && sub.name === 'null') return true;
  if (sub.kind === 'allowed') return isSubtype(sub.base, type);
  if (sub.kind === 'dose') return type.kind === 'dose' || (type.kind === 'simple' && type.name === 'string');
  if (sub.kind === 'simple') return type.kind === 'simple' && sub.name === type.name;
  if (sub.kind === 'list') return type.kind === 'list' && isSubtype(sub.element, type.element);
  if (sub.kind === 'range') return type.kind === 'range' && isSubtype(sub.element, type.element);
  if (sub.kind === 'context') {
    return (
      type.kind === 'context' &&
      Object.entries(type.members).every(([name, member]) => sub.members[name] !== undefined && isSubtype(sub.members[name], member))
    );
  }
  if (sub.kind !== 'function' || type.kind !== 'function') return false;
  return (
    sub.parameters?.length === type.parameters?.length &&
    (type.parameters ?? []).every((parameter, index) => isSubtype(parameter, sub.parameters?.[index] ?? ANY)) &&
    isSubtype(sub.result ?? ANY, type.result ?? ANY)
  );
}

/** Which values of a type are allowed does not count. */
export const isInstance = (value: Value, type: FeelType): boolean =>
  value === null ? type.kind === 'simple' && type.name === 'null' : conforms(value, type, () => true);

/** Undefined: the value does not fit. Lists of one are their item where no list is expected, and the other way round. */
export function coerce(value: Value, type: FeelType, satisfies: Satisfies): Value | undefined {
  if (conforms(value, type, satisfies)) return value;
  const plain = type.kind === 'allowed' ? type.base : type;
  if (plain.kind === 'list') {
    return !isList(value) && conforms([value], type, satisfies) ? [value] : undefined;
  }
  if (isList(value)) {
    const [item = null, ...more] = value;
    return value.length > 0 && more.length === 0 && conforms(item, type, satisfies) ? item : undefined;
  }
  if (value instanceof FeelDate && plain.kind === 'simple' && plain.name === 'date and time') {
    const midnight = midnightOf(value);
    return conforms(midnight, type, satisfies) ? midnight : undefined;
  }
  return undefined;
}
