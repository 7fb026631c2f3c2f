/** Unknown input becomes value sets and code systems here: alone, or all that a Bundle holds. Elements that we do not know pass through. */
import { z } from 'zod';
import { type Parsed, parseWith } from '../parse-with.ts';
import { list, type Nested, shortText, text } from '../schemas.ts';
import type { TerminologyResource } from './resources.ts';

const designation = list(z.looseObject({ language: shortText.optional(), value: text })).optional();
const property = z.looseObject({ code: shortText });

const concept = z.looseObject({
  code: shortText,
  display: text.optional(),
  designation,
  property: list(property).optional(),
  get concept(): Nested {
    return list(concept).optional();
  },
});

const expanded = z.looseObject({
  system: shortText.optional(),
  code: shortText.optional(),
  display: text.optional(),
  designation,
  abstract: z.boolean().optional(),
  inactive: z.boolean().optional(),
  get contains(): Nested {
    return list(expanded).optional();
  },
});

const conceptSet = z.looseObject({
  system: shortText.optional(),
  version: shortText.optional(),
  concept: list(concept).optional(),
  filter: list(z.looseObject({ property: shortText, op: shortText, value: z.string().max(1_000) })).optional(),
  valueSet: list(shortText).optional(),
});

/** Also what else a form may contain, whose `content` is something else. */
export const terminologySchema = z.looseObject({
  resourceType: z.string(),
  id: shortText.optional(),
  url: shortText.optional(),
  version: shortText.optional(),
  concept: list(concept).optional(),
  compose: z
    .looseObject({ inactive: z.boolean().optional(), include: list(conceptSet).optional(), exclude: list(conceptSet).optional() })
    .optional(),
  expansion: z.looseObject({ total: z.number().optional(), contains: list(expanded).optional() }).optional(),
});

const resourceSchema = terminologySchema.extend({ resourceType: z.enum(['ValueSet', 'CodeSystem']), url: shortText });
const bundleSchema = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: list(z.looseObject({ resource: resourceSchema })).optional(),
});

/** What stands beside forms is named by its address, so it must have one. */
export function parseTerminology(input: unknown): Parsed<readonly TerminologyResource[]> {
  const isBundle = typeof input === 'object' && input !== null && 'resourceType' in input && input.resourceType === 'Bundle';
  if (!isBundle) {
    const parsed = parseWith<TerminologyResource>(resourceSchema, input);
    return parsed.ok ? { ok: true, value: [parsed.value] } : parsed;
  }
  const parsed = parseWith<{ readonly entry?: readonly { readonly resource: TerminologyResource }[] }>(bundleSchema, input);
  return parsed.ok ? { ok: true, value: (parsed.value.entry ?? []).map(({ resource }) => resource) } : parsed;
}
