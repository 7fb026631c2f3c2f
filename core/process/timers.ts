/** When a timer is due. */
import type { TimerDefinition } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import type { Step } from './step.ts';
import { addMs, readDuration, readInstant, readRepetition } from './time.ts';
import { evaluateAt, textAt } from './variables.ts';
import { calendarOrganisation, placeWorking } from './working-time.ts';

export interface Timing {
  readonly due: string;
  readonly repetitionsLeft?: number;
}

/** Left out of `repetitionsLeft` by a cycle without an end: it repeats as long as its element lives. */
export function schedule(step: Step, key: ElementKey, timer: TimerDefinition): Timing {
  const text = textAt(step, key, timer.value);
  const clock: Clock = { kind: clockAt(step, key, timer.clock), calendarOf: timer.calendarOf };
  switch (timer.kind) {
    case 'date': {
      const due = readInstant(text);
      if (due === null) throw new ActFailure('timer-invalid', `"${text}" is not an instant such as 2026-01-31T08:00:00+08:00.`);
      return { due };
    }
    case 'duration':
      return { due: after(step, key, step.command.at, text, clock) };
    case 'cycle': {
      const repetition = readRepetition(text);
      if (!repetition) throw new ActFailure('timer-invalid', `"${text}" is not a repetition such as R3/PT10M.`);
      const due = repetition.start ?? after(step, key, step.command.at, repetition.interval, clock);
      return { due, ...(repetition.repetitions === undefined ? {} : { repetitionsLeft: repetition.repetitions - 1 }) };
    }
  }
}

/** The next time of a cycle that has just fired, or null when it has run out. */
export function reschedule(
  step: Step,
  key: ElementKey,
  timer: TimerDefinition,
  fired: { readonly due: string; readonly repetitionsLeft?: number },
): Timing | null {
  if (timer.kind !== 'cycle' || fired.repetitionsLeft === 0) return null;
  const repetition = readRepetition(textAt(step, key, timer.value));
  if (!repetition) throw new ActFailure('timer-invalid', `"${timer.value}" no longer gives a repetition such as R3/PT10M.`);
  const clock: Clock = { kind: clockAt(step, key, timer.clock), calendarOf: timer.calendarOf };
  // From the time it was due, not from when it was noticed: a late timer does not shift those after it.
  const due = after(step, key, fired.due, repetition.interval, clock);
  return { due, ...(fired.repetitionsLeft === undefined ? {} : { repetitionsLeft: fired.repetitionsLeft - 1 }) };
}

export interface Clock {
  readonly kind: 'working' | 'elapsed';
  readonly calendarOf: string | undefined;
}

export function clockAt(step: Step, key: ElementKey, source: string): 'working' | 'elapsed' {
  const value = evaluateAt(step, key, source);
  if (value === 'working' || value === 'elapsed') return value;
  throw new ActFailure('timer-invalid', `"${source}" must give "working" or "elapsed", but gives ${JSON.stringify(value)}.`);
}

function after(step: Step, key: ElementKey, from: string, durationText: string, clock: Clock): string {
  const duration = durationFrom(durationText);
  if (clock.kind === 'working') {
    if (duration.months > 0) throw new ActFailure('timer-invalid', `"${durationText}": working time has no months or years.`);
    return placeWorking(step, calendarOrganisation(step, key, clock.calendarOf), from, duration.ms);
  }
  if (duration.months === 0) return addMs(from, duration.ms);
  // Months have the length that the calendar of the zone gives them.
  const sum = evaluateFeel('now() + duration(span)', { span: durationText }, { at: from, zone: step.command.zone });
  const due = sum.ok && typeof sum.value === 'string' ? readInstant(sum.value) : null;
  if (due === null) throw new ActFailure('timer-invalid', `"${durationText}" cannot be added to ${from}.`);
  return due;
}

export function durationFrom(text: string): { readonly months: number; readonly ms: number } {
  const duration = readDuration(text);
  if (!duration) throw new ActFailure('timer-invalid', `"${text}" is not a duration such as PT8H.`);
  if (duration.ms < 0 || duration.months < 0) throw new ActFailure('timer-invalid', `The duration "${text}" is negative.`);
  return duration;
}

/** A duration of fixed length, in milliseconds. */
export function fixedDurationMs(text: string): number {
  const { months, ms } = durationFrom(text);
  if (months > 0) throw new ActFailure('timer-invalid', `"${text}" must have a fixed length: days, hours, minutes, seconds.`);
  return ms;
}
