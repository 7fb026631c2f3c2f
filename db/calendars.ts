import { sql } from 'kysely';
import type { WorkingCalendar } from '#core/calendar/calendar.ts';
import type { Database } from './database.ts';

/** The calendar that an organisation works by, in its zone. */
export async function readCalendar(db: Database, organisationId: string): Promise<WorkingCalendar> {
  const row = await db
    .selectFrom('organisation')
    .innerJoin('calendar', 'calendar.id', 'organisation.calendar_id')
    .select(['calendar.definition', 'organisation.zone'])
    .where('organisation.id', '=', organisationId)
    .executeTakeFirst();
  if (!row) throw new Error(`Organisation ${organisationId} has no calendar.`);
  // Written by us from a checked calendar; the zone is the organisation's own.
  return { ...(row.definition as WorkingCalendar), zone: row.zone };
}

export async function upsertCalendar(db: Database, id: string, calendar: WorkingCalendar): Promise<void> {
  await db
    .insertInto('calendar')
    .values({ id, definition: JSON.stringify(calendar) })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ definition: sql`excluded.definition` }))
    .execute();
}
