/** What a form says of the resources that its answers fill (SDC 6.3, definition-based extraction). */
import { EXTENSION } from '../extensions.ts';
import { allItems } from '../items.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { ElementModel } from './element-model.ts';

/** An item, or the form, begins a resource. */
export interface Extraction {
  /** Null: nobody can tell which. */
  readonly type: string | null;
  /** The profile, where it is named by one. */
  readonly profile: string | null;
  /** Expressions for the entry of the transaction, by their names: `fullUrl`, `ifNoneExist` … */
  readonly entry: Readonly<Record<string, string>>;
}

/** A value that is no answer. */
export interface StatedValue {
  readonly definition: string;
  readonly fixed?: unknown;
  /** In FHIRPath; null: in a language that is not read here. */
  readonly expression?: string | null;
}

type Holder = Pick<QuestionnaireItem, 'extension'>;

export function extractionsOf(holder: Holder, questionnaire: Questionnaire, model: ElementModel): readonly Extraction[] {
  return (holder.extension ?? []).flatMap((extension): readonly Extraction[] => {
    if (extension.url === EXTENSION.itemExtractionContext) return [{ type: contextType(extension, model), profile: null, entry: {} }];
    if (extension.url !== EXTENSION.definitionExtract) return [];
    const parts = extension.extension ?? [];
    // Drafts of the specification named it on the extension itself.
    const stated = parts.find(({ url }) => url === 'definition') ?? extension;
    const profile = (stated.valueCanonical ?? stated.valueUri ?? '').split('|')[0] ?? '';
    const entry = parts.flatMap(({ url, valueString }) => (valueString === undefined ? [] : [[url, valueString] as const]));
    return [{ type: profileType(profile, questionnaire, model), profile, entry: Object.fromEntries(entry) }];
  });
}

/** Older forms name the type, or a query for what is there already, which nobody here can ask. */
const contextType = ({ valueCode }: Extension, model: ElementModel): string | null =>
  valueCode !== undefined && model.isResource(valueCode) ? valueCode : null;

/** FHIR's own definitions are named like their types; of others the form's paths begin with the type. */
function profileType(profile: string, questionnaire: Questionnaire, model: ElementModel): string | null {
  const [, named] = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/(\w+)$/.exec(profile) ?? [];
  if (named !== undefined && model.isResource(named)) return named;
  const definitions = [questionnaire, ...allItems(questionnaire.item ?? [])].flatMap((holder) => [
    ...('definition' in holder && holder.definition !== undefined ? [holder.definition] : []),
    ...statedValues(holder).map(({ definition }) => definition),
  ]);
  const found = definitions.map(readDefinition).find((each) => each?.profile === profile);
  return found && model.isResource(found.type) ? found.type : null;
}

export interface Definition {
  readonly profile: string;
  readonly type: string;
  /** `Patient.name.given` */
  readonly path: string;
}

/** `<StructureDefinition>#<path>`; null for definitions of something else. */
export function readDefinition(definition: string): Definition | null {
  const [, profile, path] = /^([^#]+)#([A-Z]\w*\..+)$/.exec(definition) ?? [];
  return profile && path ? { profile: profile.split('|')[0] ?? profile, type: path.split('.')[0] ?? '', path } : null;
}

export const statedValues = ({ extension = [] }: Holder): readonly StatedValue[] =>
  extension.flatMap((each) => {
    if (each.url !== EXTENSION.definitionExtractValue) return [];
    const part = (url: string) => each.extension?.find((inner) => inner.url === url);
    const definition = part('definition')?.valueUri ?? part('definition')?.valueCanonical;
    if (definition === undefined) return [];
    const [, fixed] = Object.entries(part('fixed-value') ?? {}).find(([key]) => key.startsWith('value')) ?? [];
    const stated = part('expression');
    const language = stated?.valueExpression?.language ?? 'text/fhirpath';
    const source = stated?.valueExpression?.expression ?? stated?.valueString;
    const expression = language === 'text/fhirpath' ? source : null;
    return [{ definition, ...(fixed === undefined ? {} : { fixed }), ...(expression === undefined ? {} : { expression }) }];
  });

export const allocatedIds = ({ extension = [] }: Holder): readonly string[] =>
  extension.flatMap(({ url, valueString }) => (url === EXTENSION.extractAllocateId ? (valueString ?? []) : []));
