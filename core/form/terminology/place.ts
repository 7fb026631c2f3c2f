/** Where the list of an item is: in the form, on a terminology server, or nowhere. */
import type { Coding, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { canonicalText } from './canonical.ts';
import { expandValueSet, type Lack } from './expand.ts';
import { libraryOf } from './library.ts';

export type ListPlace =
  | { readonly kind: 'here'; readonly codings: readonly Coding[] }
  /** By `url` or `url|version`. */
  | { readonly kind: 'server'; readonly canonical: string }
  | { readonly kind: 'nowhere'; readonly lack: Lack };

/** Questionnaires are immutable, and a long list is asked for at every key stroke. */
const known = new WeakMap<Questionnaire, Map<string, ListPlace>>();

/** `canonical`: what `answerValueSet` says. */
export function placeOf(questionnaire: Questionnaire, canonical: string): ListPlace {
  const places = known.get(questionnaire) ?? new Map<string, ListPlace>();
  known.set(questionnaire, places);
  const place = places.get(canonical) ?? find(questionnaire, canonical);
  places.set(canonical, place);
  return place;
}

function find({ contained = [] }: Questionnaire, canonical: string): ListPlace {
  const library = libraryOf(contained);
  const set = library.valueSet(canonical);
  const elsewhere = canonical.startsWith('#') ? set?.url && canonicalText({ ...set, url: set.url }) : canonical;
  const expansion = set && expandValueSet(set, library);
  if (expansion?.kind === 'expanded') return { kind: 'here', codings: expansion.codings };
  // A mistake of whoever wrote it, which no server mends.
  const isCircular = expansion?.lack.reason === 'circle';
  if (elsewhere && !isCircular) return { kind: 'server', canonical: elsewhere };
  return { kind: 'nowhere', lack: expansion?.lack ?? { reason: 'value-set', what: canonical } };
}

/** The value set of a choice for which a terminology server must be asked, or null. */
export function externalValueSet(questionnaire: Questionnaire, item: QuestionnaireItem): string | null {
  if (item.answerOption || item.answerValueSet === undefined) return null;
  const place = placeOf(questionnaire, item.answerValueSet);
  return place.kind === 'server' ? place.canonical : null;
}
