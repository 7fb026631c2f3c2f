/** Where the lines of a prescription stand after each step of a flow that says which of its elements brings which status. Pure. */
import type { Json, JsonObject } from '#core/json.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { isObject } from '#core/process/variables.ts';
import { type CountedBack, type LineStatus, statusAfterCount } from './line-status.ts';

export interface LineCourse {
  /** Element id → the status that reaching it brings. */
  readonly reached: Readonly<Record<string, LineStatus>>;
  /** The variable in which a pharmacist says what came back: `isHere`, `isOpened`, `disposition` or `openedDisposition`. */
  readonly counted: string;
}

export interface LineStanding {
  readonly status: LineStatus;
  /** UTC instant of the step that brought it. */
  readonly since: string;
}

/** One after the other, from the first prescription on; the lines of one prescription go together. */
export function lineStandingsOf(
  course: LineCourse,
  told: readonly { readonly event: ProcessEvent; readonly at: string }[],
): readonly LineStanding[] {
  const standings: LineStanding[] = [];
  for (const { event, at } of told) {
    const status = statusOf(course, event);
    const isFirst = standings.length === 0;
    // What comes before the first prescription concerns no line.
    if (status === undefined || (isFirst && status !== 'draft') || standings.at(-1)?.status === status) continue;
    standings.push({ status, since: at });
  }
  return standings;
}

function statusOf({ reached, counted }: LineCourse, event: ProcessEvent): LineStatus | undefined {
  if (event.type === 'element.activated') return reached[event.elementId];
  if (event.type !== 'variables.set') return undefined;
  const facts = event.values[counted];
  return isObject(facts) ? statusAfterCount(countedBack(facts)) : undefined;
}

const countedBack = (facts: JsonObject): CountedBack => ({
  isHere: facts.isHere === true,
  isOpened: facts.isOpened === true,
  disposition: dispositionOf(facts.disposition ?? facts.openedDisposition),
});

const dispositionOf = (value: Json | undefined): CountedBack['disposition'] =>
  value === 'restock' || value === 'destroy' || value === 'quarantine' ? value : null;
