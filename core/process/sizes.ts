/**
 * How much an instance may hold. Its state travels as one payload when a workflow continues as new, and Temporal takes no payload over
 * 2 MB (and a history of 50 MB); a definition or a job must not be able to come there. People are refused with the field and the limit;
 * the result of a job or of a called process becomes an incident, because nobody waits for a refusal there.
 */
import type { JsonObject } from '#core/json.ts';
import type { Command } from './command.ts';
import type { ProcessEvent } from './event.ts';
import type { Refusal } from './refusal.ts';
import type { Step } from './step.ts';

/** What one command may bring: a job's result, the facts of a form, the variables of a message. */
export const VALUES_BYTES_MAX = 256 * 1024;
/** The folded state with everything in it. */
export const STATE_BYTES_MAX = 512 * 1024;

/** Of the steps that bring less than this, only some are measured. */
const LITTLE_BYTES = 4 * 1024;
/** A prime, so that no short cycle of steps keeps missing it. */
const MEASURED_EVERY = 13;

export interface Excess {
  readonly field: string;
  readonly bytes: number;
  readonly bytesMax: number;
}

/** What a command brings, where it is too much. */
export function excessOf(command: Command): Excess | null {
  const [field, values] = valuesOf(command);
  const bytes = bytesUpTo(values, VALUES_BYTES_MAX);
  return bytes > VALUES_BYTES_MAX ? { field, bytes: bytesUpTo(values, Number.POSITIVE_INFINITY), bytesMax: VALUES_BYTES_MAX } : null;
}

/**
 * What a step would make of the state, where that is too much. Measuring costs a walk over the whole state, so it is done where a step
 * brings much, and every so many steps for those that bring little each. A step that brings nothing is never in the way.
 */
export function excessAfter(step: Step): Excess | null {
  const values = valuesIn(step.events);
  if (values.length === 0) return null;
  if (step.seq % MEASURED_EVERY !== 0 && bytesUpTo(values, LITTLE_BYTES) <= LITTLE_BYTES) return null;
  const bytes = bytesUpTo(step.draft, Number.POSITIVE_INFINITY);
  return bytes > STATE_BYTES_MAX ? { field: 'state', bytes, bytesMax: STATE_BYTES_MAX } : null;
}

export const refusalOf = ({ field, bytes, bytesMax }: Excess): Refusal => ({ code: 'values-too-large', data: { field, bytes, bytesMax } });

type Result = Extract<Command, { type: 'job.complete' | 'job.throwError' | 'child.complete' | 'child.throwError' }>;

const RESULTS: ReadonlySet<Command['type']> = new Set(['job.complete', 'job.throwError', 'child.complete', 'child.throwError']);

export const isResult = (command: Command): command is Result => RESULTS.has(command.type);

/** The work was done, but its result cannot be taken: an operator mends the definition or the worker, and retries. */
export function failedFor({ type, id, at, zone, actor, needs, effectId }: Result, { field, bytes, bytesMax }: Excess): Command {
  const what = field === 'state' ? 'With this result the instance would hold' : 'The result has';
  const message = `${what} ${bytes} bytes; the limit is ${bytesMax}. Let it give only what the process needs, and retry.`;
  const head = { id, at, zone, actor, ...(needs && { needs }), effectId, message };
  const isOfJob = type === 'job.complete' || type === 'job.throwError';
  return isOfJob ? { ...head, type: 'job.fail', retriesLeft: 0 } : { ...head, type: 'child.fail' };
}

/** The world cannot be told to send less: what it brings is taken, and the next person or job meets the limit. */
export const mayBeRefused = ({ type, actor }: Command): boolean => type === 'start' || actor.kind === 'person';

function valuesOf(command: Command): readonly [field: string, values: JsonObject | undefined] {
  if ('facts' in command) return ['facts', command.facts];
  return ['variables', 'variables' in command ? command.variables : undefined];
}

function valuesIn(events: readonly ProcessEvent[]): readonly unknown[] {
  return events.flatMap((event): readonly unknown[] => {
    switch (event.type) {
      case 'variables.set':
        return [event.values];
      case 'process.started':
      case 'job.created':
      case 'child.wanted':
        return [event.variables];
      case 'element.activated':
        return event.local || event.multiInstance ? [event.local, event.multiInstance] : [];
      case 'element.completed':
        return event.output === undefined ? [] : [event.output];
      default:
        return [];
    }
  });
}

const SCALAR_BYTES = 8;
const PUNCTUATION_BYTES = 4;

/** About the length of the value's JSON in UTF-8; stops counting beyond `max`. */
export function bytesUpTo(value: unknown, max: number): number {
  if (typeof value === 'string') return textBytes(value) + PUNCTUATION_BYTES;
  if (typeof value !== 'object' || value === null) return SCALAR_BYTES;
  const isList = Array.isArray(value);
  let bytes = PUNCTUATION_BYTES;
  // Without a list of all entries first: what is far too large is told by its beginning.
  for (const name in value) {
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    bytes += (isList ? 0 : textBytes(name)) + PUNCTUATION_BYTES + bytesUpTo(inner, max - bytes);
    if (bytes > max) return bytes;
  }
  return bytes;
}

function textBytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Half of a surrogate pair stands for two of its four bytes.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
