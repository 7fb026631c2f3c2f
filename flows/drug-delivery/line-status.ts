/** Where the lines of a prescription stand after each step of this flow: which of its elements brings which status. */
import { type CountedBack, type LineStatus, statusAfterCount } from '#core/dispensing/line-status.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { isObject } from '#core/process/variables.ts';

/** Reaching the element brings the status. */
const ON_REACHING: Readonly<Record<string, LineStatus>> = {
  prescribe: 'draft',
  'screen-line': 'prescribed',
  review: 'in-review',
  'review-blocked': 'in-review',
  'refused-end': 'refused',
  'order-end': 'approved',
  dispense: 'preparing',
  'second-check': 'prepared',
  packed: 'ready',
  deliver: 'dispatched',
  'self-pickup': 'ready-to-collect',
  counsel: 'handed-over',
  'count-back': 'counting-back',
  advised: 'not-dispensed',
  'aborted-end': 'not-dispensed',
  'expired-end': 'not-dispensed',
  'withdrawn-end': 'withdrawn',
};

/** One after the other, from the first prescription on; the lines of one prescription go together. */
export function lineStatusesOf(events: readonly ProcessEvent[]): readonly LineStatus[] {
  const statuses: LineStatus[] = [];
  for (const event of events) {
    const status = statusOf(event);
    const isFirst = statuses.length === 0;
    // What comes before the first prescription concerns no line.
    if (status === undefined || (isFirst && status !== 'draft') || statuses.at(-1) === status) continue;
    statuses.push(status);
  }
  return statuses;
}

function statusOf(event: ProcessEvent): LineStatus | undefined {
  if (event.type === 'element.activated') return ON_REACHING[event.elementId];
  if (event.type !== 'variables.set') return undefined;
  const { countBack } = event.values;
  return isObject(countBack) ? statusAfterCount(counted(countBack)) : undefined;
}

const counted = (facts: JsonObject): CountedBack => ({
  isHere: facts.isHere === true,
  isOpened: facts.isOpened === true,
  disposition: dispositionOf(facts.disposition ?? facts.openedDisposition),
});

const dispositionOf = (value: Json | undefined): CountedBack['disposition'] =>
  value === 'restock' || value === 'destroy' || value === 'quarantine' ? value : null;
