/** The words of a value set that a form contains. Its translations are designations, or stand on the display as elsewhere. */
import type { Extended } from '#core/form/questionnaire.ts';
import type { ValueSet } from '#core/form/terminology/resources.ts';
import type { Locale } from '#core/text.ts';
import { withList, withMember } from './members.ts';
import { type Translations, translationsOf, withTranslatedMember } from './translations-of.ts';

export interface ValueSetConcept {
  readonly code: string;
  readonly display: string;
  readonly translations: Translations;
}

interface Concept {
  readonly code?: string;
  readonly display?: string;
  readonly _display?: Extended;
  readonly designation?: readonly Designation[];
}

interface Designation {
  readonly language?: string;
  readonly value: string;
}

/** Of what is shown: the expansion where there is one, else what it is composed of. */
export function conceptsOf(set: ValueSet): readonly ValueSetConcept[] {
  const concepts: readonly Concept[] = set.expansion
    ? (set.expansion.contains ?? [])
    : (set.compose?.include ?? []).flatMap(({ concept }) => concept ?? []);
  return concepts.map((concept) => ({ code: concept.code ?? '', display: concept.display ?? '', translations: readAll(concept) }));
}

export function withConceptTranslation(
  set: ValueSet,
  code: string,
  { to, text }: { readonly to: Locale; readonly text: string },
): ValueSet {
  const change = <T extends Concept>(concept: T): T => (concept.code === code ? withTranslation(concept, to, text) : concept);
  if (set.expansion) return withMember(set, 'expansion', withList(set.expansion, 'contains', (set.expansion.contains ?? []).map(change)));
  const include = (set.compose?.include ?? []).map((part) => (part.concept ? withMember(part, 'concept', part.concept.map(change)) : part));
  return withMember(set, 'compose', withMember(set.compose ?? {}, 'include', include));
}

const isOf = (to: Locale, { language = '' }: Designation): boolean => language.slice(0, 2).toLowerCase() === to.slice(0, 2);

function readAll({ designation = [], _display }: Concept): Translations {
  const found: Partial<Record<Locale, string>> = { ...translationsOf(_display) };
  for (const to of ['zh-CN', 'en'] as const) found[to] ??= designation.find((each) => isOf(to, each))?.value;
  return found;
}

function withTranslation<T extends Concept>(concept: T, to: Locale, text: string): T {
  if (translationsOf(concept._display)[to] !== undefined) {
    return withTranslatedMember(concept, 'display', { ...translationsOf(concept._display), [to]: text });
  }
  const before = concept.designation ?? [];
  const at = before.findIndex((each) => isOf(to, each));
  const present = before[at];
  if (text === '') return withList(concept, 'designation', before.toSpliced(at, present ? 1 : 0));
  const list = present ? before.with(at, withMember(present, 'value', text)) : [...before, { language: to, value: text }];
  return withList(concept, 'designation', list);
}
