/**
 * Questionnaires and responses as the world sends them: alone or in a Bundle, with the value sets that they name beside them, in R4 or R5. What is
 * read is what we keep; only what R5 says in another way is said in R4's.
 */
import { type Parsed, parseQuestionnaire, parseResponse } from './parse.ts';
import { isTooDeep } from './parse-with.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';
import { containValueSets } from './terminology/contain.ts';
import { parseTerminology } from './terminology/parse.ts';
import type { TerminologyResource } from './terminology/resources.ts';

type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

export function importQuestionnaire(input: unknown): Parsed<Questionnaire> {
  const found = resourcesIn(input).find(({ resourceType }) => resourceType === 'Questionnaire');
  if (!found) return missing('Questionnaire');
  const parsed = parseR4OrR5(found);
  return parsed.ok ? { ok: true, value: containValueSets(parsed.value, importTerminology(input)) } : parsed;
}

/** The value sets and code systems of a Bundle, as far as they can be read. */
export const importTerminology = (input: unknown): readonly TerminologyResource[] =>
  resourcesIn(input).flatMap((resource) => {
    const parsed = parseTerminology(resource);
    return parsed.ok ? parsed.value : [];
  });

/** The other questionnaires of a Bundle, as far as they can be read: parts that the first may name. */
export const importParts = (input: unknown): readonly Questionnaire[] =>
  resourcesIn(input)
    .filter(({ resourceType }) => resourceType === 'Questionnaire')
    .slice(1)
    .flatMap((resource) => {
      const parsed = parseR4OrR5(resource);
      return parsed.ok ? [parsed.value] : [];
    });

export function importResponse(input: unknown): Parsed<QuestionnaireResponse> {
  const found = responseIn(input);
  return found ? parseResponse(found) : missing('QuestionnaireResponse');
}

/** As it came, alone or in a Bundle. */
export const responseIn = (input: unknown): unknown =>
  resourcesIn(input).find(({ resourceType }) => resourceType === 'QuestionnaireResponse');

const missing = (resourceType: string): Parsed<never> => ({
  ok: false,
  problems: [{ path: 'resourceType', message: `is neither a ${resourceType} nor a Bundle with one` }],
});

/** The form as it came, alone or in a Bundle. */
export const formIn = (input: unknown): unknown => resourcesIn(input).find(({ resourceType }) => resourceType === 'Questionnaire');

function resourcesIn(input: unknown): readonly Resource[] {
  if (!isResource(input)) return [];
  if (input.resourceType !== 'Bundle') return [input];
  const entries: readonly unknown[] = Array.isArray(input.entry) ? input.entry : [];
  return entries.flatMap((entry) => (isObject(entry) && isResource(entry.resource) ? [entry.resource] : []));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isResource = (value: unknown): value is Resource => isObject(value) && typeof value.resourceType === 'string';

/** What is nested too deep is not walked through either. */
const parseR4OrR5 = (found: Resource): Parsed<Questionnaire> => parseQuestionnaire(isTooDeep(found) ? found : asR4(found));

/** R5 gives options to a type, with an `answerConstraint`, where R4 has `choice` and `open-choice`; and it has `question` for a group. */
function asR4(questionnaire: Resource): Resource {
  const convert = (item: unknown): unknown => {
    if (!isObject(item)) return item;
    const { answerConstraint, ...kept } = item;
    const isOpen = answerConstraint === 'optionsOrString' || answerConstraint === 'optionsOrType';
    const hasOptions = item.answerOption !== undefined || item.answerValueSet !== undefined;
    const isChoice = item.type === 'coding' || (hasOptions && OPTIONAL.has(item.type));
    // R4 has no word for values of the type beside the options.
    const typed = answerConstraint === 'optionsOrType' ? { answerConstraint } : {};
    if (isChoice) return { ...kept, ...typed, type: isOpen ? 'open-choice' : 'choice', ...below(item, convert) };
    const type = item.type === 'question' ? { type: 'group' } : {};
    return { ...item, ...type, ...below(item, convert) };
  };
  return { ...questionnaire, ...below(questionnaire, convert) };
}

/** Types whose answers may be chosen from options. */
const OPTIONAL: ReadonlySet<unknown> = new Set(['string', 'text', 'integer', 'date', 'time', 'reference', 'quantity']);

const below = (holder: Readonly<Record<string, unknown>>, change: (item: unknown) => unknown): { item?: readonly unknown[] } =>
  Array.isArray(holder.item) ? { item: holder.item.map(change) } : {};
