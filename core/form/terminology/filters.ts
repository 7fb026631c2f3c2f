/**
 * Which concepts of a code system that is at hand a filter lets through (https://hl7.org/fhir/R4/valueset-filter-operator.html). A filter that is
 * not known here gives null: letting through too much or too little would both be wrong.
 */
import { isPattern, readWholePattern } from '../pattern.ts';
import type { PlacedConcept } from './hierarchy.ts';
import type { ConceptFilter, ConceptProperty } from './resources.ts';

export type Passes = (placed: PlacedConcept) => boolean;

export function filterOf({ property, op, value }: ConceptFilter): Passes | null {
  return property === 'concept' || property === 'code' ? byCode(op, value) : byProperty(property, op, value);
}

function byCode(op: string, value: string): Passes | null {
  switch (op) {
    case 'is-a':
      return ({ concept, above }) => concept.code === value || above.has(value);
    case 'descendent-of':
      return ({ above }) => above.has(value);
    case 'is-not-a':
      return ({ concept, above }) => concept.code !== value && !above.has(value);
    case 'generalizes':
      return ({ concept, below }) => concept.code === value || below.has(value);
    case 'child-of':
      return ({ parents }) => parents.has(value);
    case 'descendent-leaf':
      return ({ above, below }) => above.has(value) && below.size === 0;
    default:
      return byText(op, value, ({ concept }) => [concept.code]);
  }
}

const byProperty = (property: string, op: string, value: string): Passes | null =>
  byText(op, value, ({ concept, parents }) => {
    if (property === 'display') return concept.display === undefined ? [] : [concept.display];
    const stated = (concept.property ?? []).filter(({ code }) => code === property).map(propertyText);
    // Systems say the hierarchy by nesting or by a property, and ask for it in either way.
    return property === 'parent' ? [...new Set([...stated, ...parents])] : stated;
  });

function byText(op: string, value: string, textsOf: (placed: PlacedConcept) => readonly string[]): Passes | null {
  const listed = new Set(value.split(',').map((each) => each.trim()));
  switch (op) {
    case '=':
      return (placed) => textsOf(placed).includes(value);
    case 'in':
      return (placed) => textsOf(placed).some((text) => listed.has(text));
    case 'not-in':
      return (placed) => !textsOf(placed).some((text) => listed.has(text));
    case 'exists':
      return (placed) => textsOf(placed).length > 0 === (value === 'true');
    case 'regex': {
      // What cannot be read cannot be applied: whoever asked is told that the filter is unknown.
      const pattern = readWholePattern(value);
      if (!isPattern(pattern)) return null;
      return (placed) => textsOf(placed).some((text) => pattern.test(text));
    }
    default:
      return null;
  }
}

export const propertyText = (property: ConceptProperty): string =>
  String(
    property.valueCode ??
      property.valueString ??
      property.valueInteger ??
      property.valueDecimal ??
      property.valueBoolean ??
      property.valueDateTime ??
      property.valueCoding?.code ??
      '',
  );
