/** Master data in bulk: every row by its id, so importing the same network twice changes nothing. */
import { type Insertable, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

type Rows<Table extends keyof Tables> = readonly Insertable<Tables[Table]>[];

export interface NetworkRows {
  readonly calendars: readonly { id: string; definition: object }[];
  readonly organisations: Rows<'organisation'>;
  readonly departments: Rows<'department'>;
  readonly teams: Rows<'team'>;
  readonly rooms: Rows<'room'>;
  readonly persons: Rows<'person'>;
  readonly roles: Rows<'role_assignment'>;
  /** Roles that a process would give: they stand beside their rows in `roles`. */
  readonly qualifications: Rows<'qualification'>;
  readonly members: Rows<'team_member'>;
  /** Sign-in names with the hash of their password. */
  readonly users: readonly { person_id: string; username: string; name: string; password_hash: string }[];
}

export async function importNetwork(db: Database, rows: NetworkRows): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { id, definition } of rows.calendars)
      await trx
        .insertInto('calendar')
        .values({ id, definition: JSON.stringify(definition) })
        .onConflict((c) => c.doNothing())
        .execute();
    await insertAll(trx, 'organisation', rows.organisations);
    await insertAll(trx, 'department', rows.departments);
    await insertAll(trx, 'team', rows.teams);
    await insertAll(trx, 'room', rows.rooms);
    await insertAll(trx, 'person', rows.persons);
    await insertAll(trx, 'role_assignment', rows.roles);
    await insertAll(trx, 'qualification', rows.qualifications);
    await insertAll(trx, 'team_member', rows.members);
    await insertUsers(trx, rows.users);
  });
}

async function insertUsers(db: Database, users: NetworkRows['users']): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(users)}::jsonb) as u(person_id text, username text, name text, password_hash text)`;
  await sql`
    insert into auth_user ("id", "name", "email", "username", "displayUsername", "personId")
    select person_id, name, username || '@people.bihuan.invalid', username, username, person_id from ${given} on conflict do nothing`.execute(
    db,
  );
  await sql`
    insert into auth_account ("id", "accountId", "providerId", "userId", "password")
    select 'credential:' || person_id, person_id, 'credential', person_id, password_hash from ${given} on conflict do nothing`.execute(db);
}

async function insertAll<
  Table extends 'organisation' | 'department' | 'team' | 'room' | 'person' | 'role_assignment' | 'qualification' | 'team_member',
>(db: Database, table: Table, rows: Rows<Table>): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto(table)
    // Kysely does not know a row of one table among several; the parameter's type does.
    .values(rows as never)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function hasPeople(db: Database): Promise<boolean> {
  return (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** The people that the sign-in page offers, in this order. They also say that the network in this database is the sample. */
export async function offerDemoPeople(db: Database, personIds: readonly string[]): Promise<void> {
  await db
    .insertInto('demo_person')
    .values(personIds.map((person_id, position) => ({ person_id, position })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function hasDemoPeople(db: Database): Promise<boolean> {
  return (await db.selectFrom('demo_person').select('person_id').limit(1).executeTakeFirst()) !== undefined;
}

/** How many instances there are, and when the first of them began; null where there are none. */
export async function instancesThere(db: Database): Promise<{ readonly count: number; readonly since: Date | null }> {
  const { count, since } = await db
    .selectFrom('instance')
    .select(({ fn }) => [fn.countAll<string>().as('count'), fn.min<Date | null>('created_at').as('since')])
    .executeTakeFirstOrThrow();
  return { count: Number(count), since };
}
