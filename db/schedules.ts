import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface StoredSchedule {
  readonly id: string;
  readonly timer: string;
  readonly since: string;
}

export async function readSchedules(db: Database): Promise<readonly StoredSchedule[]> {
  const rows = await db.selectFrom('schedule').selectAll().execute();
  return rows.map(({ id, timer, since }) => ({ id, timer, since: since.toISOString() }));
}

/** As it is stored: of two at once the first; another timer begins to count anew. */
export async function storeSchedule(db: Database, schedule: Pick<StoredSchedule, 'id' | 'timer'>): Promise<StoredSchedule> {
  const { rows } = await sql<{ id: string; timer: string; since: Date }>`
    insert into schedule as s (id, timer) values (${schedule.id}::text, ${schedule.timer}::text)
    on conflict (id) do update set timer = excluded.timer, since = case when s.timer = excluded.timer then s.since else clock_timestamp() end
    returning id, timer, since`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('An upsert answered no row.');
  return { id: row.id, timer: row.timer, since: row.since.toISOString() };
}

export async function deleteSchedule(db: Database, id: string): Promise<void> {
  await db.deleteFrom('schedule').where('id', '=', id).execute();
}
