/** What terminology servers answer (https://hl7.org/fhir/R4/terminology-service.html), read once; null where it is something else. */
import { z } from 'zod';
import type { Coding } from '../questionnaire.ts';
import { codingOf } from './coding.ts';
import { withBelow } from './expand.ts';
import { terminologySchema } from './parse.ts';
import type { ValueSet } from './resources.ts';

/** A page of a value set. */
export interface Page {
  readonly codings: readonly Coding[];
  /** Nothing else is in the set, or meets the filter. */
  readonly isComplete: boolean;
}

const EXTENSIONS = 'http://hl7.org/fhir/StructureDefinition/';
/** On an expansion: it holds only a part, whatever was asked for. */
const PARTIAL = new Set([`${EXTENSIONS}valueset-unclosed`, `${EXTENSIONS}valueset-toocostly`]);

const expansionSchema = terminologySchema.extend({
  resourceType: z.literal('ValueSet'),
  expansion: z.looseObject({
    total: z.number().optional(),
    contains: terminologySchema.shape.expansion.unwrap().shape.contains,
    extension: z.array(z.looseObject({ url: z.string() })).optional(),
  }),
});

/** `count`: how many were asked for at most. More than that nobody keeps. */
export function readPage(input: unknown, count: number): Page | null {
  const read = expansionSchema.safeParse(input);
  if (!read.success) return null;
  // The schema mirrors the interface.
  const { expansion } = input as ValueSet;
  const nodes = (expansion?.contains ?? []).flatMap(withBelow);
  const codings = nodes.flatMap(({ system, code, abstract, inactive, ...concept }) =>
    code === undefined || abstract || inactive ? [] : [codingOf(system, { ...concept, code })],
  );
  const isPartial = read.data.expansion.extension?.some(({ url }) => PARTIAL.has(url)) ?? false;
  const isWhole = expansion?.total === undefined ? nodes.length < count : expansion.total <= nodes.length;
  return { codings: codings.slice(0, count), isComplete: isWhole && !isPartial && codings.length <= count };
}

const verdictSchema = z.looseObject({
  resourceType: z.literal('Parameters'),
  parameter: z.array(z.looseObject({ name: z.string(), valueBoolean: z.boolean().optional() })),
});

/** `result` of `$validate-code`. */
export function readResult(input: unknown): boolean | null {
  const read = verdictSchema.safeParse(input);
  return read.success ? (read.data.parameter.find(({ name }) => name === 'result')?.valueBoolean ?? null) : null;
}

const outcomeSchema = z.looseObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.looseObject({ code: z.string().optional() })),
});

/** Codes of the issues of an OperationOutcome: `not-found`, `too-costly` … */
export function readIssueCodes(input: unknown): readonly string[] {
  const read = outcomeSchema.safeParse(input);
  return read.success ? read.data.issue.flatMap(({ code }) => code ?? []) : [];
}
