/**
 * The worklists. Each group of a person is read by its own index range and limited there, then merged: the first page costs the
 * same with a thousand open tasks as with ten million, and so do the counts, which stop at a cap.
 */
import { sql } from 'kysely';
import type { LocalizedText } from '#core/text.ts';
import type { Database } from './database.ts';

export interface WorklistRow {
  readonly instanceId: string;
  readonly taskId: string | null;
  readonly elementId: string | null;
  readonly graphHash: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly title: LocalizedText;
  readonly patientMasked: string | null;
  readonly phase: string | null;
  readonly status: string;
  readonly sealed: boolean;
  readonly urgency: string;
  readonly organisationId: string;
  readonly applicantId: string | null;
  readonly assignee: string | null;
  readonly createdAt: string;
  readonly due: string | null;
  readonly overdue: boolean;
  readonly suspendedAt: string | null;
  readonly outcome: string | null;
  readonly doneAt: string | null;
  /** Where the next page begins: opaque outside this file. */
  readonly position: string;
}

export interface WorklistFilter {
  readonly serviceKey: string | null;
  readonly phase: string | null;
  /** 0 emergency, 1 urgent, 2 routine. */
  readonly rank: number | null;
  readonly isOverdue: boolean;
  /** A business number, or its beginning. */
  readonly number: string | null;
}

export interface WorklistPage {
  readonly after: string | null;
  readonly limit: number;
}

/** Open tasks of these principals: `todo` are the person's own, `claimable` those of their groups. */
export async function readInbox(
  db: Database,
  query: {
    readonly list: 'todo' | 'claimable';
    readonly principals: readonly string[];
    readonly personId: string;
    readonly filter: WorklistFilter;
    readonly page: WorklistPage;
  },
): Promise<readonly WorklistRow[]> {
  const { filter, page } = query;
  const after = decodePosition(page.after);
  const { rows } = await sql<InboxSqlRow>`
    select b.rank, b.due as sort_due, b.instance_id, b.task_id, t.element_id, i.graph_hash, i.number, i.service_key, i.title, i.patient_masked, t.phase, i.status,
      i.sealed_at is not null as sealed, i.urgency, i.organisation_id, i.applicant_id, i.suspended_at, t.assignee, t.created_at, t.due,
      (t.overdue or t.due < statement_timestamp()) as overdue, null::text as outcome, null::timestamptz as done_at
    from (
      select distinct on (rank, due, instance_id, task_id) page.* from unnest(${query.principals}::text[]) as p(principal),
      lateral (
        select x.rank, x.due, x.instance_id, x.task_id from inbox x
        where x.principal = p.principal and x.list = ${query.list}
          ${filter.serviceKey === null ? sql`` : sql`and x.service_key = ${filter.serviceKey}`}
          ${filter.phase === null ? sql`` : sql`and x.phase = ${filter.phase}`}
          ${filter.rank === null ? sql`` : sql`and x.rank = ${filter.rank}`}
          ${filter.isOverdue ? sql`and x.due < statement_timestamp()` : sql``}
          ${filter.number === null ? sql`` : sql`and x.instance_id in (select id from instance where ${hasNumber(filter.number)})`}
          ${after === null ? sql`` : sql`and (x.rank, x.due, x.instance_id, x.task_id) > (${after.rank}::smallint, ${after.due}::timestamptz, ${after.instanceId}::uuid, ${after.taskId}::text)`}
          ${query.list === 'claimable' ? sql`and ${mayTake(query.personId)}` : sql``}
        order by x.rank, x.due, x.instance_id, x.task_id limit ${sql.lit(page.limit)}
      ) page
      order by rank, due, instance_id, task_id limit ${sql.lit(page.limit)}
    ) b
    join task t on t.instance_id = b.instance_id and t.task_id = b.task_id
    join instance i on i.id = b.instance_id
    order by b.rank, b.due, b.instance_id, b.task_id`.execute(db);
  return rows.map((row) => ({
    ...fromRow(row),
    position: encodePosition({ rank: row.rank, due: sortDue(row.sort_due), instanceId: row.instance_id, taskId: row.task_id ?? '' }),
  }));
}

export type HistoryList = 'done' | 'started' | 'cc';

/** What a person has done, started, or got a copy of: newest first. */
export async function readHistory(
  db: Database,
  query: { readonly list: HistoryList; readonly personId: string; readonly filter: WorklistFilter; readonly page: WorklistPage },
): Promise<readonly WorklistRow[]> {
  const { filter, page, personId } = query;
  const after = decodePosition(page.after);
  const instance = sql`i.graph_hash, i.number, i.service_key, i.title, i.patient_masked, i.status, i.sealed_at is not null as sealed, i.urgency, i.organisation_id, i.applicant_id, i.suspended_at`;
  const noTask = sql`null::text as task_id, null::text as element_id, i.current_phases[1] as phase, null::text as assignee, null::timestamptz as due, false as overdue, null::text as outcome, null::timestamptz as done_at`;
  const conditions = sql`
    ${filter.serviceKey === null ? sql`` : sql`and i.service_key = ${filter.serviceKey}`}
    ${filter.rank === null ? sql`` : sql`and i.urgency = ${['emergency', 'urgent', 'routine'][filter.rank] ?? 'routine'}`}
    ${filter.number === null ? sql`` : sql`and ${hasNumber(filter.number)}`}`;
  const before = (column: ReturnType<typeof sql>) =>
    after === null ? sql`` : sql`and (${column}, i.id) < (${after.due}::timestamptz, ${after.instanceId}::uuid)`;
  const statement = {
    done: sql`select t.task_id, t.element_id, t.instance_id, ${instance}, t.phase, t.assignee, t.created_at, t.due, t.overdue, t.outcome, t.done_at, t.done_at as sort_due, 0 as rank
      from task t join instance i on i.id = t.instance_id
      where t.done_by = ${personId} ${conditions} ${filter.phase === null ? sql`` : sql`and t.phase = ${filter.phase}`} ${before(sql`t.done_at`)}
      order by t.done_at desc, i.id desc`,
    started: sql`select ${noTask}, i.id as instance_id, ${instance}, i.created_at, i.created_at as sort_due, 0 as rank
      from instance i where i.applicant_id = ${personId} and i.caller_id is null ${conditions} ${filter.phase === null ? sql`` : sql`and ${filter.phase} = any(i.current_phases)`} ${before(sql`i.created_at`)}
      order by i.created_at desc, i.id desc`,
    cc: sql`select ${noTask}, i.id as instance_id, ${instance}, c.at as created_at, c.at as sort_due, 0 as rank
      from copy c join instance i on i.id = c.instance_id
      where c.person_id = ${personId} ${conditions} ${before(sql`c.at`)} order by c.at desc, i.id desc`,
  }[query.list];
  const { rows } = await sql<InboxSqlRow>`${statement} limit ${sql.lit(page.limit)}`.execute(db);
  return rows.map((row) => ({
    ...fromRow(row),
    position: encodePosition({ rank: row.rank, due: sortDue(row.sort_due), instanceId: row.instance_id, taskId: row.task_id ?? '' }),
  }));
}

/**
 * Of the inbox row `x`: separation of duty leaves the task to this person. A value of one row, not a join, so that the planner cannot
 * think of reading all tasks for the few rows that a page or a capped count looks at.
 */
const mayTake = (personId: string) =>
  sql`(select not (${personId}::text = any(e.excluded)) from task e where e.instance_id = x.instance_id and e.task_id = x.task_id)`;

/**
 * Numbers begin with this one. A range, because one plan serves all values and would find none for `like`; its end sorts after every
 * number, which are digits and capitals, in any collation.
 */
export const hasNumber = (number: string) => sql`number between ${number}::text and ${number.padEnd(NUMBER_CHARACTERS_MAX, 'Z')}::text`;
const NUMBER_CHARACTERS_MAX = 40;

/** How many rows each list has, counted up to `cap` and no further. */
export async function countWorklists(
  db: Database,
  query: { readonly personId: string; readonly principals: readonly string[]; readonly cap: number },
) {
  const { personId, principals, cap } = query;
  const { rows } = await sql<Record<'todo' | 'claimable' | 'done' | 'started' | 'cc' | 'overdue', string>>`
    select
      (select count(*) from (select 1 from inbox where principal = ${`person:${personId}`} and list = 'todo' limit ${sql.lit(cap)}) x) as todo,
      (select count(*) from (select distinct page.instance_id, page.task_id from unnest(${principals}::text[]) as p(principal),
        lateral (select x.instance_id, x.task_id from inbox x where x.principal = p.principal and x.list = 'claimable'
          and ${mayTake(personId)} limit ${sql.lit(cap)}) page limit ${sql.lit(cap)}) x) as claimable,
      (select count(*) from (select 1 from task where done_by = ${personId} limit ${sql.lit(cap)}) x) as done,
      (select count(*) from (select 1 from instance where applicant_id = ${personId} and caller_id is null limit ${sql.lit(cap)}) x) as started,
      (select count(*) from (select 1 from copy where person_id = ${personId} limit ${sql.lit(cap)}) x) as cc,
      (select count(*) from (select 1 from inbox where principal = ${`person:${personId}`} and list = 'todo' and due < statement_timestamp() limit ${sql.lit(cap)}) x) as overdue`.execute(
    db,
  );
  const row = rows[0];
  if (!row) throw new Error('A select of counts answered no row.');
  return {
    todo: Number(row.todo),
    claimable: Number(row.claimable),
    done: Number(row.done),
    started: Number(row.started),
    cc: Number(row.cc),
    overdue: Number(row.overdue),
  };
}

interface InboxSqlRow {
  rank: number;
  sort_due: Date | number;
  instance_id: string;
  task_id: string | null;
  element_id: string | null;
  graph_hash: string;
  number: string;
  service_key: string;
  title: LocalizedText;
  patient_masked: string | null;
  phase: string | null;
  status: string;
  sealed: boolean;
  urgency: string;
  organisation_id: string;
  applicant_id: string | null;
  assignee: string | null;
  created_at: Date;
  due: Date | null;
  overdue: boolean;
  suspended_at: Date | null;
  outcome: string | null;
  done_at: Date | null;
}

const fromRow = (row: InboxSqlRow): Omit<WorklistRow, 'position'> => ({
  instanceId: row.instance_id,
  taskId: row.task_id,
  elementId: row.element_id,
  graphHash: row.graph_hash,
  number: row.number,
  serviceKey: row.service_key,
  title: row.title,
  patientMasked: row.patient_masked,
  phase: row.phase,
  status: row.status,
  sealed: row.sealed,
  urgency: row.urgency,
  organisationId: row.organisation_id,
  applicantId: row.applicant_id,
  assignee: row.assignee,
  createdAt: row.created_at.toISOString(),
  due: row.due?.toISOString() ?? null,
  overdue: row.overdue ?? false,
  suspendedAt: row.suspended_at?.toISOString() ?? null,
  outcome: row.outcome,
  doneAt: row.done_at?.toISOString() ?? null,
});

const RANKS: ReadonlySet<number> = new Set([0, 1, 2]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isInstant = (text: string): boolean =>
  /^\d{4}-/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

interface Position {
  readonly rank: number;
  readonly due: string;
  readonly instanceId: string;
  readonly taskId: string;
}

/** PostgreSQL's `infinity` comes as a number. */
const sortDue = (value: Date | number): string => (value instanceof Date ? value.toISOString() : 'infinity');

const encodePosition = (position: Position): string =>
  Buffer.from(JSON.stringify([position.rank, position.due, position.instanceId, position.taskId])).toString('base64url');

/** Null for none and for anything that is not a position: the list then begins at its beginning. */
function decodePosition(text: string | null): Position | null {
  if (text === null) return null;
  try {
    const [rank, due, instanceId, taskId] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (typeof rank !== 'number' || typeof due !== 'string' || typeof instanceId !== 'string' || typeof taskId !== 'string') return null;
    // Exactly what we write: anything else would be an error of the database.
    if (!RANKS.has(rank) || !(due === 'infinity' || isInstant(due)) || !UUID.test(instanceId) || !/^\d{0,19}$/.test(taskId)) return null;
    return { rank, due, instanceId, taskId };
  } catch {
    return null;
  }
}
