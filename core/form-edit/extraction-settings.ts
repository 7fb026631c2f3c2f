/** What becomes of answers outside of the form: Observations and other FHIR resources (SDC 6, `core/form/extract.ts`, `core/form/definition`). */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Coding, Extension } from '#core/form/questionnaire.ts';
import { type EntryForm, entrySetting, partOf, withPart } from './entry-list.ts';
import { extensionOf, withExtension } from './extension-list.ts';
import { withMember } from './members.ts';
import { type ExtensionSetting, fhirpathOf, withFhirpath } from './setting.ts';

export const OBSERVATION_WAYS = ['independent', 'component', 'member', 'none'] as const;
/** `none`: said not to become one, where what stands around says it does. */
export type ObservationWay = (typeof OBSERVATION_WAYS)[number];

export const observationSetting: ExtensionSetting<ObservationWay | null> = {
  read: (holder) => {
    const said = extensionOf(holder, EXTENSION.observationExtract);
    if (!said) return null;
    if (said.valueBoolean === false) return 'none';
    return said.valueCode === 'component' || said.valueCode === 'member' ? said.valueCode : 'independent';
  },
  write: (holder, way) => {
    const before = extensionOf(holder, EXTENSION.observationExtract) ?? { url: EXTENSION.observationExtract };
    const isCode = way === 'component' || way === 'member';
    const written = withMember(
      withMember(before, 'valueBoolean', isCode ? undefined : way !== 'none'),
      'valueCode',
      isCode ? way : undefined,
    );
    return withExtension(holder, EXTENSION.observationExtract, way === null ? null : written);
  },
};

export const observationCategorySetting = entrySetting<Coding>(EXTENSION.observationCategory, {
  read: ({ valueCodeableConcept }) => valueCodeableConcept?.coding?.[0] ?? null,
  write: (source, coding) => {
    const others = source?.valueCodeableConcept?.coding?.slice(1) ?? [];
    const concept = withMember(source?.valueCodeableConcept ?? {}, 'coding', [coding, ...others]);
    return withMember(source ?? { url: EXTENSION.observationCategory }, 'valueCodeableConcept', concept);
  },
  nameOf: ({ system = '', code = '' }) => `${system}|${code}`,
});

/** Addresses of the profiles of which the item, or the form, begins a resource. */
export const extractedResourceSetting = entrySetting<string>(EXTENSION.definitionExtract, {
  read: (source) => {
    const stated = partOf(source, 'definition') ?? source;
    return stated.valueCanonical ?? stated.valueUri ?? null;
  },
  write: (source, profile) => {
    const put = (stated: Extension): Extension =>
      withMember(stated, stated.valueUri === undefined ? 'valueCanonical' : 'valueUri', profile);
    // Drafts of the specification named it on the extension itself.
    if (source && !partOf(source, 'definition')) return put(source);
    return withPart(source ?? { url: EXTENSION.definitionExtract }, 'definition', put);
  },
  nameOf: (profile) => profile,
});

/** Names under which new resources can point at each other. */
export const allocatedIdSetting = entrySetting<string>(EXTENSION.extractAllocateId, {
  read: ({ valueString }) => valueString ?? null,
  write: (source, name) => withMember(source ?? { url: EXTENSION.extractAllocateId }, 'valueString', name),
  nameOf: (name) => name,
});

/** A value of an element that is no answer: a fixed text or code, or what an expression comes to. */
export interface ExtractedValueForEdit {
  /** `<profile>#<path>` */
  readonly definition: string;
  readonly kind: 'fixed' | 'expression';
  readonly value: string;
}

const FIXED_TEXTS = ['valueString', 'valueCode', 'valueUri'] as const;

const EXTRACTED_VALUE: EntryForm<ExtractedValueForEdit> = {
  read: (source) => {
    const [definition, fixed, expression] = ['definition', 'fixed-value', 'expression'].map((url) => partOf(source, url));
    const address = definition?.valueUri ?? definition?.valueCanonical;
    if (address === undefined || (fixed && expression)) return null;
    const kind = fixed ? 'fixed' : 'expression';
    const value = fixed ? FIXED_TEXTS.map((name) => fixed[name]).find((each) => each !== undefined) : sourceOf(expression);
    return value === undefined ? null : { definition: address, kind, value };
  },
  write: (source, { definition, kind, value }) => {
    const named = withPart(source ?? { url: EXTENSION.definitionExtractValue }, 'definition', (part) =>
      withMember(part, part.valueCanonical === undefined ? 'valueUri' : 'valueCanonical', definition),
    );
    const fixed = withPart(named, 'fixed-value', (part) =>
      kind === 'fixed'
        ? withMember(part, FIXED_TEXTS.find((name) => part[name] !== undefined) ?? 'valueString', value)
        : { url: 'fixed-value' },
    );
    return withPart(fixed, 'expression', (part) => {
      if (kind === 'fixed') return { url: 'expression' };
      if (part.valueString !== undefined) return withMember(part, 'valueString', value);
      return withMember(part, 'valueExpression', withFhirpath(part.valueExpression, value));
    });
  },
  nameOf: ({ definition }) => definition,
};

const sourceOf = (expression: Extension | undefined): string | undefined =>
  expression?.valueString ?? fhirpathOf(expression?.valueExpression);

export const extractedValueSetting = entrySetting(EXTENSION.definitionExtractValue, EXTRACTED_VALUE);
