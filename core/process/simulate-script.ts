/**
 * The script of a simulation: element id → what its work gives, one object for every time or a list for the first, second … time (the
 * last one repeats). Members become variables or facts; those that begin with `$` say how.
 */
import { z } from 'zod';
import type { JsonObject } from '#core/json.ts';
import { readDuration } from './time.ts';

export interface ScriptEntry {
  readonly facts: JsonObject;
  readonly outcome?: string;
  readonly reasonCode?: string;
  readonly reason?: string;
  /** The person who does it; without one the simulation itself does. */
  readonly by?: string;
  /** A job throws this BPMN error. */
  readonly error?: string;
  /** A job fails with these words and no retries left. */
  readonly fail?: string;
  /** The task is returned to this step; by a person, as whatever is returned to was done by one. */
  readonly returnTo?: string;
  /** The instance is cancelled, and what was done is compensated. The entry stands under the id of the process. */
  readonly isCanceled: boolean;
  /** It is never done. */
  readonly isLeftOpen: boolean;
  /** How long it takes. */
  readonly afterMs: number;
}

export type Script = Readonly<Record<string, readonly ScriptEntry[]>>;

const duration = z.string().transform((text, context) => {
  const read = readDuration(text);
  if (read && read.months === 0 && read.ms >= 0) return read.ms;
  context.addIssue({ code: 'custom', message: 'must be a duration such as PT2H' });
  return z.NEVER;
});

const entry = z
  .looseObject({
    $outcome: z.string().optional(),
    $reasonCode: z.string().optional(),
    $reason: z.string().optional(),
    $by: z.string().optional(),
    $error: z.string().optional(),
    $fail: z.string().optional(),
    $return: z.string().optional(),
    $cancel: z.boolean().optional(),
    $wait: z.boolean().optional(),
    $after: duration.optional(),
  })
  .transform(({ $outcome, $reasonCode, $reason, $by, $error, $fail, $return, $cancel, $wait, $after, ...facts }, context): ScriptEntry => {
    const unknown = Object.keys(facts).find((name) => name.startsWith('$'));
    if (unknown) context.addIssue({ code: 'custom', message: `there is no ${unknown}` });
    return {
      // The script was read from JSON.
      facts: facts as JsonObject,
      ...($outcome === undefined ? {} : { outcome: $outcome }),
      ...($reasonCode === undefined ? {} : { reasonCode: $reasonCode }),
      ...($reason === undefined ? {} : { reason: $reason }),
      ...($by === undefined ? {} : { by: $by }),
      ...($error === undefined ? {} : { error: $error }),
      ...($fail === undefined ? {} : { fail: $fail }),
      ...($return === undefined ? {} : { returnTo: $return }),
      isCanceled: $cancel === true,
      isLeftOpen: $wait === true,
      afterMs: $after ?? 0,
    };
  });

const script = z.record(z.string(), z.union([entry.transform((one) => [one]), z.array(entry).min(1)]));

/** The script, or the path and words of what is wrong with it. */
export function readScript(value: unknown): { readonly script: Script } | { readonly fault: string } {
  const parsed = script.safeParse(value);
  if (parsed.success) return { script: parsed.data };
  const issue = parsed.error.issues[0];
  return { fault: `${issue?.path.join('.') || 'the script'}: ${issue?.message ?? 'is not valid'}` };
}
