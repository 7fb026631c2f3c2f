import { z } from 'zod';
import type { JsonObject } from '#core/json.ts';
import { JobError } from './jobs.ts';

/** What a diagram gives a handler. What is wrong with it is told with its name, and trying again would come to the same. */
export function readInput<Schema extends z.ZodType>(schema: Schema, variables: JsonObject): z.output<Schema> {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new JobError(`What the job is given cannot be read: ${z.prettifyError(parsed.error)}`, { isFinal: true });
}
