/**
 * What a value set holds, as far as it can be told from what is at hand (https://hl7.org/fhir/R4/valueset.html#compositions): systems of one include
 * are narrowed by its value sets, includes are added up, excludes taken away. Where something is lacking, the whole is: half a list would refuse
 * right answers. Concepts that are abstract or inactive are not among the choices.
 */
import type { Coding } from '../questionnaire.ts';
import { codingOf, conceptKey } from './coding.ts';
import { filterOf, propertyText } from './filters.ts';
import { conceptsIn, type PlacedConcept } from './hierarchy.ts';
import type { Library } from './library.ts';
import type { CodeSystem, ConceptSet, DefinedConcept, ExpandedConcept, ValueSet } from './resources.ts';

export type Expansion =
  | { readonly kind: 'expanded'; readonly codings: readonly Coding[] }
  | { readonly kind: 'incomplete'; readonly lack: Lack };

/** What is not at hand, and would be on a terminology server. */
export interface Lack {
  /** `content`: the set says nothing of what it holds, or only a page of it. */
  readonly reason: 'value-set' | 'code-system' | 'filter' | 'content' | 'circle';
  /** The set, system or filter that it is about. */
  readonly what: string;
}

export function expandValueSet(set: ValueSet, library: Library): Expansion {
  try {
    return { kind: 'expanded', codings: new Expanding(library).codingsOf(set, []) };
  } catch (error) {
    if (error instanceof Lacking) return { kind: 'incomplete', lack: error.lack };
    throw error;
  }
}

class Lacking extends Error {
  constructor(readonly lack: Lack) {
    super(lack.reason);
  }
}

class Expanding {
  /** What several sets include is expanded once. */
  private readonly known = new Map<ValueSet, readonly Coding[]>();

  constructor(private readonly library: Library) {}

  /** `within`: the sets that include this one. */
  codingsOf(set: ValueSet, within: readonly ValueSet[]): readonly Coding[] {
    if (within.includes(set)) throw new Lacking({ reason: 'circle', what: nameOf(set) });
    const codings = this.known.get(set) ?? distinct(this.composed(set, within));
    this.known.set(set, codings);
    return codings;
  }

  private composed(set: ValueSet, within: readonly ValueSet[]): readonly Coding[] {
    const stated = statedCodings(set);
    if (stated) return stated;
    if (!set.compose) throw new Lacking({ reason: 'content', what: nameOf(set) });
    const { include = [], exclude = [], inactive } = set.compose;
    const gone = new Set(exclude.flatMap((part) => this.part(part, { within: [...within, set], inactive: true })).map(conceptKey));
    const found = include.flatMap((part) => this.part(part, { within: [...within, set], inactive }));
    return found.filter((coding) => !gone.has(conceptKey(coding)));
  }

  private part(part: ConceptSet, { within, inactive }: { within: readonly ValueSet[]; inactive: boolean | undefined }): readonly Coding[] {
    const lists = (part.valueSet ?? []).map((canonical) => {
      const set = this.library.valueSet(canonical);
      if (!set) throw new Lacking({ reason: 'value-set', what: canonical });
      return this.codingsOf(set, within);
    });
    if (part.system !== undefined || part.concept) lists.unshift(this.ofSystem(part, inactive));
    const [first = [], ...others] = lists;
    const common = others.map((list) => new Set(list.map(conceptKey)));
    return first.filter((coding) => common.every((keys) => keys.has(conceptKey(coding))));
  }

  private ofSystem({ system, version, concept, filter = [] }: ConceptSet, inactive: boolean | undefined): readonly Coding[] {
    const defined = system === undefined ? undefined : this.library.codeSystem(system, version);
    if (concept) return enumerated(concept, system, { defined, inactive });
    if (!defined || (defined.content !== undefined && defined.content !== 'complete')) {
      throw new Lacking({ reason: 'code-system', what: system ?? '' });
    }
    const passes = filter.map((each) => {
      const pass = filterOf(each);
      if (!pass) throw new Lacking({ reason: 'filter', what: `${each.property} ${each.op} ${each.value}` });
      return pass;
    });
    const isTaken = (placed: PlacedConcept): boolean =>
      (inactive === true || !isInactive(placed.concept)) && !isAbstract(placed.concept) && passes.every((pass) => pass(placed));
    return conceptsIn(defined)
      .filter(isTaken)
      .map((placed) => codingOf(system, placed.concept));
  }
}

/** Who wrote the list chose its concepts; the system is asked for words that the list leaves out, and for what it may not hold. */
function enumerated(
  concepts: NonNullable<ConceptSet['concept']>,
  system: string | undefined,
  { defined, inactive }: { readonly defined: CodeSystem | undefined; readonly inactive: boolean | undefined },
): readonly Coding[] {
  const known = new Map(defined ? conceptsIn(defined).map(({ concept }) => [concept.code, concept] as const) : []);
  return concepts.flatMap((concept) => {
    const definition = known.get(concept.code);
    if (inactive === false && definition && isInactive(definition)) return [];
    return [codingOf(system, definition ? { ...definition, ...concept } : concept)];
  });
}

/** Null where the set is not expanded, or not wholly. */
function statedCodings({ expansion }: ValueSet): readonly Coding[] | null {
  if (!expansion) return null;
  const nodes = (expansion.contains ?? []).flatMap(withBelow);
  if ((expansion.total ?? 0) > nodes.length) return null;
  return nodes.flatMap(({ system, code, abstract, inactive, ...concept }) =>
    code === undefined || abstract || inactive ? [] : [codingOf(system, { ...concept, code })],
  );
}

export const withBelow = (node: ExpandedConcept): readonly ExpandedConcept[] => [node, ...(node.contains ?? []).flatMap(withBelow)];

/** Of the properties that every code system may use: https://hl7.org/fhir/R4/codesystem-concept-properties.html. */
const isAbstract = ({ property = [] }: DefinedConcept): boolean =>
  property.some((each) => each.code === 'notSelectable' && propertyText(each) === 'true');

const isInactive = ({ property = [] }: DefinedConcept): boolean =>
  property.some((each) =>
    each.code === 'inactive' ? propertyText(each) === 'true' : each.code === 'status' && GONE.has(propertyText(each)),
  );

const GONE: ReadonlySet<string> = new Set(['retired', 'inactive']);

const nameOf = ({ id, url }: ValueSet): string => url ?? `#${id ?? ''}`;

/** The first of each, in their order. */
function distinct(codings: readonly Coding[]): readonly Coding[] {
  const found = new Map<string, Coding>();
  for (const coding of codings) if (!found.has(conceptKey(coding))) found.set(conceptKey(coding), coding);
  return [...found.values()];
}
