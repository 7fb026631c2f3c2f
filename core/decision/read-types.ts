/** Item definitions as types: components, collections, functions, allowed values (DMN 1.5, 7.3.2 and 7.3.3). */
import { namedType, type Types } from '#core/feel/compile-type.ts';
import { ANY, type FeelType } from '#core/feel/type.ts';
import { type DmnElement, elementAt, elementsAt, flagAt, textAt } from './read-dmn.ts';
import type { Report } from './report.ts';

/** What cannot be looked up is not taken for anything. */
export const reportUnknownType = (elementId: string, reference: string, report: Report): void =>
  report(elementId, 'decision-type', `There is no type "${reference}".`, `没有类型“${reference}”。`);

/** Of a model and of those that it imports, these by `import.name`. */
export interface ReadTypes {
  readonly types: Types;
  /** Undefined for a reference to nothing that is known. */
  readonly typeAt: (reference: string | undefined) => FeelType | undefined;
}

/** What a model has from others. */
interface Imported {
  /** By `import.name`. */
  readonly types: Types;
  /** Namespace → name of the import. */
  readonly imports: ReadonlyMap<string, string>;
}

export function readTypes(definitions: DmnElement, { types: imported, imports }: Imported, report: Report): ReadTypes {
  const types: Record<string, FeelType> = { ...imported };
  const items = new Map(elementsAt(definitions, 'itemDefinition').map((item) => [item.name ?? '', item]));
  const reading = new Set<string>();
  const typeAt = (reference: string | undefined): FeelType | undefined => {
    if (reference === undefined) return undefined;
    const plain = plainReference(reference);
    const name = items.has(plain) || namedType(plain, types) ? plain : withoutPrefix(plain, definitions, imports);
    const item = items.get(name);
    if (item && !types[name]) {
      // A type inside itself cannot be written down; it is not looked into further.
      if (reading.has(name)) return ANY;
      reading.add(name);
      types[name] = typeOfItem(item, typeOrAny);
      reading.delete(name);
    }
    return namedType(name, types) ?? (NUMBERS_OF_CAMUNDA_7.has(name) ? NUMBER : undefined);
  };
  const typeOrAny: TypeAt = (reference, elementId) => {
    const type = typeAt(reference);
    if (reference !== undefined && !type) reportUnknownType(elementId, reference, report);
    return type ?? ANY;
  };
  for (const name of items.keys()) typeAt(name);
  return { types, typeAt };
}

/** What is not known is reported with the item that it stands in. */
type TypeAt = (reference: string | undefined, elementId: string) => FeelType;

/** DMN 1.1 wrote types as qualified names: the prefix is that of the model itself, or of one that it imports. */
function withoutPrefix(reference: string, definitions: DmnElement, imports: ReadonlyMap<string, string>): string {
  const [, prefix, local] = /^([\p{L}_][\p{L}\p{N}_.-]*):(.+)$/u.exec(reference) ?? [];
  const namespace = definitions.$attrs?.[`xmlns:${prefix}`];
  if (local === undefined || namespace === undefined) return reference;
  if (namespace === textAt(definitions, 'namespace')) return local;
  const name = imports.get(namespace);
  if (name === undefined) return reference;
  return name === '' ? local : `${name}.${local}`;
}

/** Camunda 7 writes these for columns; FEEL has one type of numbers. */
export const NUMBERS_OF_CAMUNDA_7: ReadonlySet<string> = new Set(['integer', 'long', 'double']);

const NUMBER: FeelType = { kind: 'simple', name: 'number' };

/** DMN 1.1 wrote the types of FEEL with a prefix. */
export const plainReference = (reference: string): string => reference.trim().replace(/^feel[:.]/, '');

function typeOfItem(item: DmnElement, typeAt: TypeAt): FeelType {
  const id = item.id ?? item.name ?? 'itemDefinition';
  const components = elementsAt(item, 'itemComponent');
  const called = elementAt(item, 'functionItem');
  const members = components.map((component) => [component.name ?? '', typeOfItem(component, typeAt)] as const);
  const plain: FeelType =
    components.length > 0
      ? { kind: 'context', members: Object.fromEntries(members) }
      : called
        ? functionType(called, typeAt, id)
        : typeAt(textAt(item, 'typeRef'), id);
  const isDose = Object.entries(item.$attrs ?? {}).some(([name, value]) => /(^|:)dose$/.test(name) && value === 'true');
  const isCollection = flagAt(item, 'isCollection');
  const allowed = restricted(isDose ? DOSE : plain, textAt(elementAt(item, 'allowedValues'), 'text'));
  // Allowed values are those of the items; a constraint is on the whole.
  return restricted(isCollection ? { kind: 'list', element: allowed } : allowed, textAt(elementAt(item, 'typeConstraint'), 'text'));
}

/** `bihuan:dose="true"` on an item definition. */
const DOSE: FeelType = { kind: 'dose' };

const restricted = (base: FeelType, tests: string | undefined): FeelType => (tests === undefined ? base : { kind: 'allowed', base, tests });

function functionType(item: DmnElement, typeAt: TypeAt, id: string): FeelType {
  const output = textAt(item, 'outputTypeRef');
  const parameters = elementsAt(item, 'parameters').map((parameter) => typeAt(textAt(parameter, 'typeRef'), id));
  return { kind: 'function', parameters, ...(output === undefined ? {} : { result: typeAt(output, id) }) };
}
