import type { WorkingCalendar } from '#core/calendar/calendar.ts';
import { workingIntervals } from '#core/calendar/working-time.ts';
import type { Need, NeedValues } from '#core/process/need.ts';
import { readCalendar } from '#db/calendars.ts';
import type { Database } from '#db/database.ts';

const KEPT_MS = 60_000;

/** Resolves what `decide` wants to know (P2). Calendars are kept for a minute: a notice of holidays is no matter of seconds. */
export class Needs {
  readonly #db: Database;
  readonly #calendars = new Map<string, { readonly calendar: WorkingCalendar; readonly readAt: number }>();

  constructor(db: Database) {
    this.#db = db;
  }

  async resolve(needs: readonly Need[], known: NeedValues): Promise<NeedValues> {
    const workingTime = { ...known.workingTime };
    for (const need of needs) {
      const calendar = await this.#calendar(need.organisationId);
      const extent = need.kind === 'working-time' ? { minutes: need.minutes } : { to: need.to };
      workingTime[need.organisationId] = merge(workingTime[need.organisationId] ?? [], workingIntervals(calendar, need.from, extent));
    }
    return { ...known, workingTime };
  }

  async #calendar(organisationId: string): Promise<WorkingCalendar> {
    const known = this.#calendars.get(organisationId);
    if (known && Date.now() - known.readAt < KEPT_MS) return known.calendar;
    const calendar = await readCalendar(this.#db, organisationId);
    this.#calendars.set(organisationId, { calendar, readAt: Date.now() });
    return calendar;
  }
}

type Interval = readonly [from: string, to: string];

/** Joins two ascending slices of the same calendar. ISO instants in UTC compare as texts. */
function merge(first: readonly Interval[], second: readonly Interval[]): readonly Interval[] {
  const joined: Interval[] = [];
  for (const [from, to] of [...first, ...second].sort(([a], [b]) => a.localeCompare(b))) {
    const last = joined.at(-1);
    if (!last || from > last[1]) joined.push([from, to]);
    else if (to > last[1]) joined[joined.length - 1] = [last[0], to];
  }
  return joined;
}
