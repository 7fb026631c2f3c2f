/** How much a value is: what goes through it without a loop of its own counts it towards the budget of the run. */
import type { Run } from './run.ts';
import { isContext, isList, type Value } from './value.ts';

/** Characters that are gone through as fast as one item. */
const CHARACTERS = 64;

/** The items of a list, with those of the lists in it; a text in parts of some characters. */
export function itemsIn(value: Value): number {
  if (typeof value === 'string') return value.length / CHARACTERS;
  if (!isList(value)) return 0;
  return value.reduce<number>((sum, item) => sum + (isList(item) ? item.length : 0), value.length);
}

/** Counts all that is in it, however deep: of a list in itself again and again there is more than anybody could write down. */
export function weigh(value: Value, run: Run): void {
  if (typeof value === 'string') run.handle(value.length / CHARACTERS);
  else if (isList(value)) {
    run.handle(value.length);
    for (const item of value) weigh(item, run);
  } else if (isContext(value)) {
    const members = Object.values(value);
    run.handle(members.length);
    for (const member of members) weigh(member, run);
  }
}
