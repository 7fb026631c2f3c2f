/**
 * Puts into a form the value sets that its items name and that stand beside it, so that whoever has the form has its lists. What is pinned is then
 * whole, and browser, door and command line read the same. A set that is told from others, or from a code system, is contained as the list that it
 * comes to: the form need not carry what the list was made of.
 */
import { EXTENSION, settingsOf } from '../extensions.ts';
import { allItems } from '../items.ts';
import type { Coding, Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { expandValueSet } from './expand.ts';
import { libraryOf } from './library.ts';
import { placeOf } from './place.ts';
import type { Concept, ConceptSet, TerminologyResource, ValueSet } from './resources.ts';

export function containValueSets(questionnaire: Questionnaire, beside: readonly TerminologyResource[]): Questionnaire {
  if (beside.length === 0) return questionnaire;
  const asked = new Set(
    allItems(questionnaire.item ?? []).flatMap((item) => [item.answerValueSet ?? [], settingsOf(item).unitValueSet ?? []].flat()),
  );
  const lacking = [...asked].filter((canonical) => placeOf(questionnaire, canonical).kind !== 'here');
  const library = libraryOf(questionnaire.contained ?? [], beside);
  let contained: readonly TerminologyResource[] = questionnaire.contained ?? [];
  const idOf = new Map<string, string>();
  for (const canonical of lacking) {
    const set = library.valueSet(canonical);
    const whole = set && wholeOf(set, beside, questionnaire.contained ?? []);
    if (!whole) continue;
    if (canonical.startsWith('#')) contained = contained.map((each) => (each === set ? whole : each));
    else {
      const id = freeId(whole.id ?? `value-set-${idOf.size + 1}`, contained);
      idOf.set(canonical, id);
      contained = [...contained, { ...whole, id }];
    }
  }
  if (contained === questionnaire.contained || contained.length === 0) return questionnaire;
  return { ...questionnaire, contained, ...(questionnaire.item ? { item: renamed(questionnaire.item, idOf) } : {}) };
}

/** As it is where it stands by itself, else as a list; null where even what is beside it does not tell the list. */
function wholeOf(set: ValueSet, beside: readonly TerminologyResource[], contained: readonly TerminologyResource[]): ValueSet | null {
  if (expandValueSet(set, libraryOf([])).kind === 'expanded') return set;
  const expansion = expandValueSet(set, libraryOf(contained, beside));
  if (expansion.kind === 'incomplete') return null;
  const { expansion: _, ...kept } = set;
  return { ...kept, compose: { include: listOf(expansion.codings) } };
}

/** Neighbours of one system stand together; the order stays. */
function listOf(codings: readonly Coding[]): readonly ConceptSet[] {
  const parts: { system?: string; concept: Concept[] }[] = [];
  for (const { system, code = '', display, _display, extension } of codings) {
    const concept = { code, ...(display ? { display } : {}), ...(_display ? { _display } : {}), ...(extension ? { extension } : {}) };
    const last = parts.at(-1);
    if (last && last.system === system) last.concept.push(concept);
    else parts.push({ ...(system ? { system } : {}), concept: [concept] });
  }
  return parts;
}

export function freeId(id: string, contained: readonly TerminologyResource[]): string {
  return contained.some((each) => each.id === id) ? freeId(`${id}-1`, contained) : id;
}

const renamed = (items: readonly QuestionnaireItem[], idOf: ReadonlyMap<string, string>): readonly QuestionnaireItem[] =>
  items.map((item) => {
    const id = idOf.get(item.answerValueSet ?? '');
    const units = idOf.get(settingsOf(item).unitValueSet ?? '');
    return {
      ...item,
      ...(id ? { answerValueSet: `#${id}` } : {}),
      ...(units ? { extension: item.extension?.map((each) => withUnits(each, `#${units}`)) } : {}),
      ...(item.item ? { item: renamed(item.item, idOf) } : {}),
    };
  });

/** Some write `valueUri` for the canonical. */
function withUnits(extension: Extension, canonical: string): Extension {
  if (extension.url !== EXTENSION.unitValueSet) return extension;
  const { valueUri: _, ...others } = extension;
  return { ...others, valueCanonical: canonical };
}
