/** Working time as the door gives it: half-open intervals of one organisation. `decide` asks for what it lacks (P2). */
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import type { Need } from './need.ts';
import type { Step } from './step.ts';
import { addMs, msBetween } from './time.ts';
import { contextOf, isObject, textAt } from './variables.ts';

export type Intervals = readonly (readonly [from: string, to: string])[];

/** Whose working time counts: the organisation that the element names, else the starter's. */
export function calendarOrganisation(step: Step, key: ElementKey, calendarOf: string | undefined): string {
  if (calendarOf !== undefined) return textAt(step, key, calendarOf);
  const { starter } = contextOf(step.draft.elements, key);
  const organisation = isObject(starter) ? starter.organisation : undefined;
  if (typeof organisation === 'string' && organisation !== '') return organisation;
  throw new ActFailure(
    'timer-invalid',
    'Working time needs an organisation: neither bihuan:calendarOf nor starter.organisation gives one.',
  );
}

/** The instant after so much working time. Until the door has answered, any instant will do: the step is decided again. */
export function placeWorking(step: Step, organisationId: string, from: string, ms: number): string {
  step.asked.push({ kind: 'working-time', organisationId, from, minutes: Math.ceil(ms / 60_000) });
  const intervals = step.command.needs?.workingTime?.[organisationId];
  const placed = intervals ? addWorking(intervals, from, ms) : null;
  if (placed === null) step.isNeedOpen = true;
  return placed ?? from;
}

export function workedBetween(step: Step, organisationId: string, from: string, to: string): number {
  step.asked.push({ kind: 'worked-time', organisationId, from, to });
  const intervals = step.command.needs?.workingTime?.[organisationId];
  if (!intervals) step.isNeedOpen = true;
  return intervals ? workedMs(intervals, from, to) : 0;
}

/** Null where the intervals end before the time is used up. */
export function addWorking(intervals: Intervals, from: string, ms: number): string | null {
  if (ms <= 0) return from;
  let left = ms;
  for (const [start, end] of intervals) {
    if (end <= from) continue;
    const begin = start > from ? start : from;
    const length = msBetween(begin, end);
    if (length >= left) return addMs(begin, left);
    left -= length;
  }
  return null;
}

export function workedMs(intervals: Intervals, from: string, to: string): number {
  let total = 0;
  for (const [start, end] of intervals) {
    const length = msBetween(start > from ? start : from, end < to ? end : to);
    if (length > 0) total += length;
  }
  return total;
}

/** One question per organisation and kind: the longest stretch from the earliest instant. */
export function mergeNeeds(asked: readonly Need[]): readonly Need[] {
  const merged = new Map<string, Need>();
  for (const need of asked) {
    const id = `${need.kind} ${need.organisationId}`;
    merged.set(id, widen(merged.get(id), need));
  }
  return [...merged.values()];
}

function widen(known: Need | undefined, need: Need): Need {
  if (known?.kind === 'working-time' && need.kind === 'working-time') {
    return { ...need, from: earlier(known.from, need.from), minutes: Math.max(known.minutes, need.minutes) };
  }
  if (known?.kind === 'worked-time' && need.kind === 'worked-time') {
    return { ...need, from: earlier(known.from, need.from), to: earlier(known.to, need.to) === known.to ? need.to : known.to };
  }
  return need;
}

const earlier = (left: string, right: string): string => (left < right ? left : right);

/** Intervals in order, each instant in at most one of them. */
export function unionOf(intervals: Intervals): Intervals {
  const union: (readonly [string, string])[] = [];
  for (const [from, to] of [...intervals].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const last = union.at(-1);
    if (!last || from > last[1]) union.push([from, to]);
    else if (to > last[1]) union[union.length - 1] = [last[0], to];
  }
  return union;
}
