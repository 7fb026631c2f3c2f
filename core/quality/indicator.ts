/**
 * What an indicator means, in versions (R-QLT-04, R-QLT-07). The nation defines one, a hospital may set itself another limit; each has versions of its own
 * with dates. Figures are compared only where they were counted alike, so a comparison names the definition and leaves out who counted otherwise.
 */
import { z } from 'zod';

const text = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
const date = z.iso.date();

/** Who set the definition: the nation, or one organisation for itself, which somebody there approved. */
const regime = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('national') }),
  z.strictObject({ kind: z.literal('local'), organisationId: z.string().min(1), approvedBy: z.string().min(1), reason: z.string().min(1) }),
]);

/** What a definition says, whoever set it and from when on. */
const meaning = {
  /** Kebab case; also names its facts in forms. */
  code: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  name: text,
  numerator: text,
  denominator: text,
  filter: text.optional(),
  exclusion: text.optional(),
  parameters: z.record(z.string(), z.number()).default({}),
  /** `proportion`: some of all. `ratio`: events to something else, which may be more than one. */
  kind: z.enum(['proportion', 'ratio']),
  /** What a value is multiplied by to be read: 100 for per cent, 1,000 for per mille. */
  multiplier: z.number().positive(),
  improvement: z.enum(['higher', 'lower', 'neither']),
  /** On the scale of the value before it is multiplied. */
  target: z.number().optional(),
};

export const indicatorMeaning = z.strictObject(meaning);
export type IndicatorMeaning = z.infer<typeof indicatorMeaning>;

export const indicatorDefinition = z
  .strictObject({
    ...meaning,
    version: z.int().min(1),
    regime,
    /** Both inclusive; without an end it holds until another comes. */
    validFrom: date,
    validTo: date.nullable(),
  })
  .refine(({ validFrom, validTo }) => validTo === null || validFrom <= validTo, { error: 'It ends before it begins.' });

export type IndicatorDefinition = z.infer<typeof indicatorDefinition>;
export type Regime = IndicatorDefinition['regime'];

export interface Sought {
  readonly code: string;
  /** ISO date. */
  readonly on: string;
}

/** The nation's definition on that day: the highest version that holds; null where none does. */
export const nationalDefinition = (definitions: readonly IndicatorDefinition[], sought: Sought): IndicatorDefinition | null =>
  newest(definitions.filter((definition) => definition.regime.kind === 'national' && holds(definition, sought)));

/** What an organisation counts by: its own definition where it has one on that day, else the nation's. */
export const definitionFor = (
  definitions: readonly IndicatorDefinition[],
  { organisationId, ...sought }: Sought & { readonly organisationId: string },
): IndicatorDefinition | null =>
  newest(
    definitions.filter(
      (definition) =>
        definition.regime.kind === 'local' && definition.regime.organisationId === organisationId && holds(definition, sought),
    ),
  ) ?? nationalDefinition(definitions, sought);

const holds = ({ code, validFrom, validTo }: IndicatorDefinition, { code: wanted, on }: Sought): boolean =>
  code === wanted && validFrom <= on && (validTo === null || on <= validTo);

const newest = (definitions: readonly IndicatorDefinition[]): IndicatorDefinition | null =>
  [...definitions].sort((a, b) => b.version - a.version)[0] ?? null;

/** Equal for figures that may stand in one comparison, different for all others. */
export const definitionKey = ({ code, version, regime }: Pick<IndicatorDefinition, 'code' | 'version' | 'regime'>): string =>
  regime.kind === 'national' ? `${code}/national/${version}` : `${code}/local/${regime.organisationId}/${version}`;

export interface Comparison<Figure> {
  readonly compared: readonly Figure[];
  /** Counted by another definition: told beside the comparison, never in it. */
  readonly leftOut: readonly Figure[];
}

/** Figures counted by this definition, apart from the rest. */
export function comparable<Figure extends { readonly definition: string }>(
  figures: readonly Figure[],
  definition: IndicatorDefinition,
): Comparison<Figure> {
  const key = definitionKey(definition);
  return {
    compared: figures.filter((figure) => figure.definition === key),
    leftOut: figures.filter((figure) => figure.definition !== key),
  };
}
