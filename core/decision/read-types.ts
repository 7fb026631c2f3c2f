/** Item definitions as types: components, collections, functions, allowed values (DMN 1.5, 7.3.2 and 7.3.3). */
import { namedType, type Types } from '#core/feel/compile-type.ts';
import { ANY, type FeelType } from '#core/feel/type.ts';
import { type DmnElement, elementAt, elementsAt, flagAt, textAt } from './read-dmn.ts';

/** Of a model and of those that it imports, these by `import.name`. */
export interface ReadTypes {
  readonly types: Types;
  /** Undefined for a reference to nothing that is known. */
  readonly typeAt: (reference: string | undefined) => FeelType | undefined;
}

export function readTypes(definitions: DmnElement, imported: Types): ReadTypes {
  const types: Record<string, FeelType> = { ...imported };
  const items = new Map(elementsAt(definitions, 'itemDefinition').map((item) => [item.name ?? '', item]));
  const reading = new Set<string>();
  const typeAt = (reference: string | undefined): FeelType | undefined => {
    if (reference === undefined) return undefined;
    const name = plainReference(reference);
    const item = items.get(name);
    if (item && !types[name]) {
      // A type inside itself cannot be written down; it is not looked into further.
      if (reading.has(name)) return ANY;
      reading.add(name);
      types[name] = typeOfItem(item, typeAt);
      reading.delete(name);
    }
    return namedType(name, types) ?? (NUMBERS_OF_CAMUNDA_7.has(name) ? NUMBER : undefined);
  };
  for (const name of items.keys()) typeAt(name);
  return { types, typeAt };
}

/** Camunda 7 writes these for columns; FEEL has one type of numbers. */
export const NUMBERS_OF_CAMUNDA_7: ReadonlySet<string> = new Set(['integer', 'long', 'double']);

const NUMBER: FeelType = { kind: 'simple', name: 'number' };

/** DMN 1.1 wrote the types of FEEL with a prefix. */
export const plainReference = (reference: string): string => reference.trim().replace(/^feel[:.]/, '');

function typeOfItem(item: DmnElement, typeAt: (reference: string | undefined) => FeelType | undefined): FeelType {
  const components = elementsAt(item, 'itemComponent');
  const called = elementAt(item, 'functionItem');
  const members = components.map((component) => [component.name ?? '', typeOfItem(component, typeAt)] as const);
  const plain: FeelType =
    components.length > 0
      ? { kind: 'context', members: Object.fromEntries(members) }
      : called
        ? functionType(called, typeAt)
        : (typeAt(textAt(item, 'typeRef')) ?? ANY);
  const isDose = Object.entries(item.$attrs ?? {}).some(([name, value]) => /(^|:)dose$/.test(name) && value === 'true');
  const isCollection = flagAt(item, 'isCollection');
  const allowed = restricted(isDose ? DOSE : plain, textAt(elementAt(item, 'allowedValues'), 'text'));
  // Allowed values are those of the items; a constraint is on the whole.
  return restricted(isCollection ? { kind: 'list', element: allowed } : allowed, textAt(elementAt(item, 'typeConstraint'), 'text'));
}

/** `bihuan:dose="true"` on an item definition. */
const DOSE: FeelType = { kind: 'dose' };

const restricted = (base: FeelType, tests: string | undefined): FeelType => (tests === undefined ? base : { kind: 'allowed', base, tests });

function functionType(item: DmnElement, typeAt: (reference: string | undefined) => FeelType | undefined): FeelType {
  const result = typeAt(textAt(item, 'outputTypeRef'));
  const parameters = elementsAt(item, 'parameters').map((parameter) => typeAt(textAt(parameter, 'typeRef')) ?? ANY);
  return { kind: 'function', parameters, ...(result ? { result } : {}) };
}
