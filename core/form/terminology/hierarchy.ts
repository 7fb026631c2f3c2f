/** A code system as a flat list, each concept with what stands above and below it. */
import type { CodeSystem, DefinedConcept } from './resources.ts';

export interface PlacedConcept {
  readonly concept: DefinedConcept;
  /** Codes directly above: by nesting, or by the property `parent` where a concept has several. */
  readonly parents: ReadonlySet<string>;
  /** Codes of everything above and below, itself not among them. */
  readonly above: ReadonlySet<string>;
  readonly below: ReadonlySet<string>;
}

const known = new WeakMap<CodeSystem, readonly PlacedConcept[]>();

export function conceptsIn(system: CodeSystem): readonly PlacedConcept[] {
  const found = known.get(system) ?? place(system);
  known.set(system, found);
  return found;
}

function place(system: CodeSystem): readonly PlacedConcept[] {
  const concepts = new Map<string, DefinedConcept>();
  const parents = new Map<string, Set<string>>();
  const visit = (list: readonly DefinedConcept[], around: string | null): void => {
    for (const concept of list) {
      if (!concepts.has(concept.code)) concepts.set(concept.code, concept);
      const stated = (concept.property ?? []).flatMap(({ code, valueCode }) => (code === 'parent' && valueCode ? [valueCode] : []));
      const before = parents.get(concept.code) ?? [];
      parents.set(concept.code, new Set([...before, ...(around === null ? [] : [around]), ...stated]));
      visit(concept.concept ?? [], concept.code);
    }
  };
  visit(system.concept ?? [], null);
  const above = new Map([...concepts.keys()].map((code) => [code, reachedFrom(code, parents)]));
  const below = new Map([...concepts.keys()].map((code) => [code, new Set<string>()]));
  for (const [code, codes] of above) for (const each of codes) below.get(each)?.add(code);
  return [...concepts].map(([code, concept]) => ({
    concept,
    parents: parents.get(code) ?? new Set(),
    above: above.get(code) ?? new Set(),
    below: below.get(code) ?? new Set(),
  }));
}

/** Concepts that stand above themselves, by a mistake of the system, are walked once. */
function reachedFrom(start: string, parents: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...(parents.get(start) ?? [])];
  for (let code = open.pop(); code !== undefined; code = open.pop()) {
    if (reached.has(code) || code === start) continue;
    reached.add(code);
    open.push(...(parents.get(code) ?? []));
  }
  return reached;
}
