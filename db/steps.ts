/**
 * The two statements of the door (P5): one reads all that a decision needs, one writes all that a step causes. Each is one round
 * trip; the write is one statement, so it is one transaction, and it starts from the instance row at the seq it was decided on.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Caller } from '#core/process/command.ts';
import type { LocalizedText } from '#core/text.ts';
import { addNews, type NewsChanges } from './news.ts';
import { type InstanceRow, instanceFromRow, type StoredInstance } from './stored-instance.ts';
import type { Tables } from './tables.ts';
import type { WhereaboutsChange } from './whereabouts.ts';

type Executor = Kysely<Tables>;

export interface HandledCommand {
  readonly bodyHash: string;
  /** The step it caused, or the refusal it got. */
  readonly seq: number | null;
  readonly refusal: object | null;
}

export interface ForDecision {
  /** The database's clock. */
  readonly now: string;
  readonly instance: StoredInstance;
  readonly handled: HandledCommand | null;
  /** Does one of the viewer's principals take part, or is it a copy to them? */
  readonly takesPart: boolean;
}

/** Everything to decide a command, in one round trip; null when there is no such instance. */
export async function readForDecision(
  db: Executor,
  query: {
    readonly instanceId: string;
    readonly actor: string;
    readonly commandId: string;
    readonly personId: string | null;
    readonly principals: readonly string[];
  },
): Promise<ForDecision | null> {
  const { rows } = await sql<ForDecisionRow>`
    select
      clock_timestamp() as now,
      i.id, i.number, i.service_key, i.graph_hash, i.organisation_id, i.applicant_id, i.caller_id, i.caller_effect, i.status, i.urgency, i.title, i.definition_version, i.semantics,
      i.last_seq, i.last_hash, i.last_at, i.state, i.created_at, i.ended_at, i.sealed_at, i.divergence is not null as is_diverged, i.is_whereabouts_known,
      (select k.wrapped from data_key k where k.owner = 'instance:' || i.id) as wrapped,
      (select jsonb_build_object('bodyHash', encode(s.body_hash, 'hex'), 'seq', s.seq, 'refusal', null) from step s
        where s.instance_id = i.id and s.actor = ${query.actor} and s.command_id = ${query.commandId}::uuid) as accepted,
      (select jsonb_build_object('bodyHash', encode(r.body_hash, 'hex'), 'seq', null, 'refusal', r.refusal) from refused_command r
        where r.instance_id = i.id and r.actor = ${query.actor} and r.command_id = ${query.commandId}::uuid) as refused,
      (exists (select 1 from participant p where p.instance_id = i.id and p.principal = any(${query.principals}::text[]) and p.until_seq is null)
        or exists (select 1 from copy c where c.instance_id = i.id and c.person_id = ${query.personId}::text)) as takes_part
    from instance i
    where i.id = ${query.instanceId}::uuid
  `.execute(db);
  const row = rows[0];
  if (!row) return null;
  return { now: row.now.toISOString(), instance: instanceFromRow(row), handled: row.accepted ?? row.refused, takesPart: row.takes_part };
}

interface ForDecisionRow extends InstanceRow {
  now: Date;
  accepted: HandledCommand | null;
  refused: HandledCommand | null;
  takes_part: boolean;
}

/** The database's clock and the next business number, for a start. */
export async function readForStart(db: Executor): Promise<{ readonly now: string; readonly number: number }> {
  const { rows } = await sql<{ now: Date; number: string }>`select clock_timestamp() as now, nextval('instance_number') as number`.execute(
    db,
  );
  const row = rows[0];
  if (!row) throw new Error('The database answered a select of constants with no row.');
  return { now: row.now.toISOString(), number: Number(row.number) };
}

export interface InstanceChange {
  readonly status: string;
  readonly urgency: string;
  readonly currentPhases: readonly string[];
  readonly lastSeq: number;
  readonly lastHash: string;
  readonly lastAt: string;
  readonly state: Buffer;
  readonly endedAt: string | null;
  readonly sealedAt: string | null;
  readonly incidents: number;
  readonly suspendedAt: string | null;
  /** The version with which the instance goes on, where this step led it there. */
  readonly migratedTo: { readonly graphHash: string; readonly version: number } | null;
  /** As it was read: whoever writes it down meanwhile comes before this step. */
  readonly isWhereaboutsKnown: boolean;
}

export interface NewInstance {
  readonly id: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly graphHash: string;
  /** Of the flow, beside the graph: versions that only differ in how they are drawn share one. */
  readonly definitionVersion: number | null;
  readonly organisationId: string;
  readonly applicantId: string | null;
  readonly caller: Caller | null;
  readonly title: LocalizedText;
  readonly patientMasked: string | null;
  readonly semantics: number;
  /** Null for an instance that is recovered: its key is there already. */
  readonly wrappedKey: Buffer | null;
}

export interface NewStep {
  readonly instanceId: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly commandId: string;
  readonly commandType: string;
  readonly bodyHash: string;
  readonly commitment: string;
  readonly hash: string;
  readonly body: Buffer;
}

export interface NewSubmission {
  readonly id: string;
  readonly taskId: string | null;
  readonly elementId: string;
  readonly formKey: string;
  readonly formHash: string;
  readonly byPerson: string;
  readonly hash: string;
  readonly body: Buffer;
}

/** Rows of the worklists that follow from a step. Names of fields are columns: they travel as one JSON parameter each. */
export interface WorklistChanges {
  readonly tasksCreated: readonly {
    task_id: string;
    element_id: string;
    phase: string | null;
    candidates: readonly string[];
    excluded: readonly string[];
    assignee: string | null;
    priority: number;
    due: string | null;
  }[];
  readonly tasksChanged: readonly {
    task_id: string;
    state: 'open' | 'done' | 'canceled';
    candidates: readonly string[];
    assignee: string | null;
    claimed_at: string | null;
    due: string | null;
    overdue: boolean;
    done_by: string | null;
    done_at: string | null;
    outcome: string | null;
  }[];
  readonly inboxDeleted: readonly { principal: string; list: string; task_id: string }[];
  readonly inboxCreated: readonly { principal: string; list: string; rank: number; due: string; task_id: string; phase: string }[];
  readonly participants: readonly string[];
  /** Principals who may read nothing that comes after this step. */
  readonly departed: readonly string[];
  readonly copies: readonly { person_id: string; by_person: string }[];
  /** To persons, or to all holders of a role or members of a team. */
  readonly notices: readonly { principal: string; type: string; task_id: string | null; element_id: string | null }[];
  /** Files that the step attaches: they must belong to the actor or the instance already. */
  readonly fileIds: readonly string[];
  readonly draftId: string | null;
  /** Effect ids of jobs that the step ended: nobody is offered them any more. */
  readonly jobsEnded: readonly string[];
  /** All open incidents where the step has any, so that one that was missing comes in; and the ids of those that it closed. */
  readonly incidentsOpen: readonly { incident_id: string; element_id: string; code: string; raised_at: string }[];
  readonly incidentsClosed: readonly string[];
}

export interface StepWrite {
  readonly step: NewStep;
  readonly serviceKey: string;
  readonly organisationId: string;
  readonly change: InstanceChange;
  /** Present for the first step: the instance is inserted instead of updated. */
  readonly created: NewInstance | null;
  readonly submission: NewSubmission | null;
  readonly worklists: WorklistChanges;
  /** Null where nothing moved, or while it is not known where the instance stands. */
  readonly whereabouts: WhereaboutsChange | null;
  /** Null for most steps. */
  readonly news: NewsChanges | null;
  /** When the relay should tell the workflow; null: never (annex entries, P9). */
  readonly relayDueInMs: number | null;
  readonly personId: string | null;
}

/** Writes a step; false when another step took its seq first (nothing was written). */
export async function writeStep(db: Executor, write: StepWrite): Promise<boolean> {
  const parts = partsOf(write).map(([name, part]) => sql`, ${sql.raw(name)} as (${part})`);
  const instance = write.created ? insertInstance(write.created, write.change) : updateInstance(write.step, write.change);
  const { rows } = await sql<{ id: string }>`with moved as (${instance})${sql.join(parts, sql``)} select moved.id from moved`.execute(db);
  return rows.length === 1;
}

/** What hangs on the instance row having moved: only what this step has, since each part costs the database its share. */
function partsOf({
  step,
  change,
  created,
  submission,
  worklists,
  whereabouts,
  ...write
}: StepWrite): readonly (readonly [name: string, part: RawBuilder<unknown>])[] {
  const parts: (readonly [string, RawBuilder<unknown>])[] = [];
  const add = (name: string, isNeeded: boolean, part: () => RawBuilder<unknown>): void => {
    if (isNeeded) parts.push([name, part()]);
  };
  add(
    'key_stored',
    created !== null && created.wrappedKey !== null,
    () => sql`
    insert into data_key (owner, wrapped)
    select 'instance:' || moved.id, ${created?.wrappedKey ?? null}::bytea from moved
  `,
  );
  add(
    'recorded',
    true,
    () => sql`
    insert into step (instance_id, seq, at, actor, command_id, command_type, body_hash, commitment, hash, body)
    select moved.id, ${step.seq}::int, ${step.at}::timestamptz, ${step.actor}::text, ${step.commandId}::uuid, ${step.commandType}::text,
      decode(${step.bodyHash}::text, 'hex'), decode(${step.commitment}::text, 'hex'), decode(${step.hash}::text, 'hex'), ${step.body}::bytea
    from moved
  `,
  );
  add(
    'submitted',
    submission !== null,
    () => sql`
    insert into submission (id, instance_id, seq, task_id, element_id, form_key, form_hash, by_person, at, hash, body)
    select ${submission?.id ?? null}::uuid, moved.id, ${step.seq}::int, ${submission?.taskId ?? null}::text, ${submission?.elementId ?? null}::text,
      ${submission?.formKey ?? null}::text, ${submission?.formHash ?? null}::text, ${submission?.byPerson ?? null}::text, ${step.at}::timestamptz,
      ${submission?.hash ?? null}::text, ${submission?.body ?? null}::bytea
    from moved
  `,
  );
  add(
    'tasks_created',
    worklists.tasksCreated.length > 0,
    () => sql`
    insert into task (instance_id, task_id, element_id, phase, state, candidates, excluded, assignee, priority, created_at, due)
    select moved.id, t.task_id, t.element_id, t.phase, 'open', t.candidates, t.excluded, ${known(sql`t.assignee`)}, t.priority, ${step.at}::timestamptz, t.due
    from moved, jsonb_to_recordset(${JSON.stringify(worklists.tasksCreated)}::jsonb)
      as t(task_id text, element_id text, phase text, candidates text[], excluded text[], assignee text, priority int, due timestamptz)
  `,
  );
  add(
    'tasks_changed',
    worklists.tasksChanged.length > 0,
    () => sql`
    update task set state = t.state, candidates = t.candidates, assignee = ${known(sql`t.assignee`)}, claimed_at = t.claimed_at, due = t.due, overdue = t.overdue,
      done_by = t.done_by, done_at = t.done_at, outcome = t.outcome
    from moved, jsonb_to_recordset(${JSON.stringify(worklists.tasksChanged)}::jsonb)
      as t(task_id text, state text, candidates text[], assignee text, claimed_at timestamptz, due timestamptz, overdue boolean,
        done_by text, done_at timestamptz, outcome text)
    where task.instance_id = moved.id and task.task_id = t.task_id
  `,
  );
  add(
    'inbox_deleted',
    worklists.inboxDeleted.length > 0,
    () => sql`
    delete from inbox using moved, jsonb_to_recordset(${JSON.stringify(worklists.inboxDeleted)}::jsonb) as t(principal text, list text, task_id text)
    where inbox.instance_id = moved.id and inbox.task_id = t.task_id and inbox.principal = t.principal and inbox.list = t.list
  `,
  );
  add(
    'inbox_created',
    worklists.inboxCreated.length > 0,
    () => sql`
    insert into inbox (principal, list, rank, due, instance_id, task_id, service_key, phase)
    select t.principal, t.list, t.rank, t.due, moved.id, t.task_id, ${write.serviceKey}::text, t.phase
    from moved, jsonb_to_recordset(${JSON.stringify(worklists.inboxCreated)}::jsonb)
      as t(principal text, list text, rank smallint, due timestamptz, task_id text, phase text)
  `,
  );
  add(
    'participating',
    worklists.participants.length > 0,
    () => sql`
    insert into participant (instance_id, principal)
    select moved.id, p from moved, unnest(${worklists.participants}::text[]) as p
    on conflict (instance_id, principal) do update set until_seq = null where participant.until_seq is not null
  `,
  );
  add(
    'departed',
    worklists.departed.length > 0,
    // With a role those go who hold it; who has a right of their own to read keeps it.
    () => sql`
    update participant set until_seq = ${step.seq}::integer from moved
    where participant.instance_id = moved.id and participant.until_seq is null
      and (participant.principal = any(${worklists.departed}::text[]) or exists (
        select from role_assignment r where participant.principal = 'person:' || r.person_id
          and 'role:' || r.role || '@' || r.organisation_id = any(${worklists.departed}::text[])))
  `,
  );
  add(
    'copied',
    worklists.copies.length > 0,
    () => sql`
    insert into copy (person_id, instance_id, by_person, at)
    select c.person_id, moved.id, c.by_person, ${step.at}::timestamptz
    from moved, jsonb_to_recordset(${JSON.stringify(worklists.copies)}::jsonb) as c(person_id text, by_person text)
    on conflict (person_id, instance_id) do update set at = excluded.at, by_person = excluded.by_person, read_at = null
  `,
  );
  add(
    'noticed',
    worklists.notices.length > 0,
    () => sql`
    insert into notice (person_id, type, instance_id, task_id, element_id, at)
    select distinct h.person_id, n.type, moved.id, n.task_id, n.element_id, ${step.at}::timestamptz
    from moved, jsonb_to_recordset(${JSON.stringify(worklists.notices)}::jsonb) as n(principal text, type text, task_id text, element_id text),
    lateral (
      select p.id as person_id from person p where n.principal like 'person:%' and p.id = split_part(n.principal, ':', 2)
      union all
      select r.person_id from role_assignment r where n.principal = 'role:' || r.role || '@' || r.organisation_id
        and r.organisation_id = split_part(n.principal, '@', 2) and r.role = split_part(split_part(n.principal, '@', 1), ':', 2)
      union all
      select m.person_id from team_member m where n.principal like 'team:%' and m.team_id = split_part(n.principal, ':', 2)
    ) h
    where h.person_id is distinct from ${write.personId}::text
  `,
  );
  add(
    'attached',
    worklists.fileIds.length > 0,
    () => sql`
    update file set instance_id = moved.id from moved
    where file.id = any(${worklists.fileIds}::uuid[]) and (file.instance_id is null and file.by_person = ${write.personId}::text)
  `,
  );
  add(
    'draft_done',
    write.personId !== null && (worklists.draftId !== null || worklists.tasksChanged.some((task) => task.state !== 'open')),
    () => sql`
    delete from draft using moved
    where draft.person_id = ${write.personId}::text and (draft.id = ${worklists.draftId}::uuid
      or (draft.instance_id = moved.id and draft.task_id in
        (select t.task_id from jsonb_to_recordset(${JSON.stringify(worklists.tasksChanged)}::jsonb) as t(task_id text, state text) where t.state <> 'open')))
  `,
  );
  add(
    'relayed',
    write.relayDueInMs !== null,
    () => sql`
    insert into relay as r (instance_id, last_seq, due_at, unconfirmed_since)
    select moved.id, ${step.seq}::int, clock_timestamp() + make_interval(secs => ${(write.relayDueInMs ?? 0) / 1000}::float8), clock_timestamp()
    from moved
    on conflict (instance_id) do update set
      last_seq = excluded.last_seq,
      due_at = case when r.confirmed_seq < r.last_seq then least(r.due_at, excluded.due_at) else excluded.due_at end,
      unconfirmed_since = coalesce(r.unconfirmed_since, excluded.unconfirmed_since)
  `,
  );
  add(
    'jobs_ended',
    worklists.jobsEnded.length > 0,
    () => sql`
    update remote_job set ended_at = ${step.at}::timestamptz from moved
    where remote_job.instance_id = moved.id and remote_job.effect_id = any(${worklists.jobsEnded}::text[])
  `,
  );
  add(
    'incidents_closed',
    worklists.incidentsClosed.length > 0,
    () => sql`
    delete from incident using moved where incident.instance_id = moved.id and incident.incident_id = any(${worklists.incidentsClosed}::text[])
  `,
  );
  add(
    'incidents_open',
    worklists.incidentsOpen.length > 0,
    () => sql`
    insert into incident (instance_id, incident_id, service_key, element_id, code, raised_at)
    select moved.id, t.incident_id, ${write.serviceKey}::text, t.element_id, t.code, t.raised_at
    from moved, jsonb_to_recordset(${JSON.stringify(worklists.incidentsOpen)}::jsonb)
      as t(incident_id text, element_id text, code text, raised_at timestamptz)
    on conflict do nothing
  `,
  );
  add(
    'whereabouts_left',
    whereabouts?.isLeft === true,
    () => sql`
    delete from whereabouts using moved where whereabouts.instance_id = moved.id and whereabouts.element_id <> all(${whereabouts?.here ?? []}::text[])
  `,
  );
  add(
    'whereabouts_changed',
    whereabouts !== null && whereabouts.changed.length > 0,
    () => sql`
    insert into whereabouts (instance_id, element_id, service_key, version, tokens, incidents, since)
    select moved.id, t.element_id, moved.service_key, moved.definition_version, t.tokens, t.incidents,
      coalesce((select w.since from whereabouts w where w.instance_id = moved.id and w.element_id = t.since_of), ${step.at}::timestamptz)
    from moved, jsonb_to_recordset(${JSON.stringify(whereabouts?.changed ?? [])}::jsonb) as t(element_id text, tokens int, incidents int, since_of text)
    on conflict (instance_id, element_id) do update set
      version = excluded.version, tokens = excluded.tokens, incidents = excluded.incidents, since = excluded.since
  `,
  );
  add('jobs_forgotten', change.sealedAt !== null, () => sql`delete from remote_job using moved where remote_job.instance_id = moved.id`);
  // The workflow seals before Temporal has stored that it was told the last steps: what is not confirmed is told again until it is. Locked,
  // so that a confirmation that comes at the same time is seen here, or sees the seal.
  add(
    'relayed_last',
    change.sealedAt !== null,
    () => sql`select relay.instance_id, confirmed_seq, last_seq from relay join moved on relay.instance_id = moved.id for update of relay`,
  );
  add(
    'relay_done',
    change.sealedAt !== null,
    () => sql`delete from relay using relayed_last r where relay.instance_id = r.instance_id and r.confirmed_seq >= r.last_seq`,
  );
  if (write.news) addNews(add, write.news, sql`${write.organisationId}::text`);
  return parts;
}

/** A flow may name somebody who is not there: the task waits for a manager to assign it, and whoever is there is told. */
const known = (personId: RawBuilder<unknown>) => sql`(select p.id from person p where p.id = ${personId})`;

const insertInstance = (created: NewInstance, change: InstanceChange) => sql`
  insert into instance (id, number, service_key, graph_hash, definition_version, organisation_id, applicant_id, status, urgency, title, patient_masked, current_phases,
    semantics, last_seq, last_hash, last_at, state, created_at, ended_at, incidents, caller_id, caller_effect)
  values (${created.id}::uuid, ${created.number}::text, ${created.serviceKey}::text, ${created.graphHash}::text, ${created.definitionVersion}::int, ${created.organisationId}::text,
    ${created.applicantId}::text, ${change.status}::text, ${change.urgency}::text, ${JSON.stringify(created.title)}::jsonb, ${created.patientMasked}::text,
    ${change.currentPhases}::text[], ${created.semantics}::int, ${change.lastSeq}::int, decode(${change.lastHash}::text, 'hex'), ${change.lastAt}::timestamptz,
    ${change.state}::bytea, ${change.lastAt}::timestamptz, ${change.endedAt}::timestamptz, ${change.incidents}::int,
    ${created.caller?.instanceId ?? null}::uuid, ${created.caller?.effectId ?? null}::text)
  on conflict (id) do nothing
  returning id, service_key, definition_version`;

const updateInstance = (step: NewStep, change: InstanceChange) => sql`
  update instance set status = ${change.status}::text, urgency = ${change.urgency}::text, current_phases = ${change.currentPhases}::text[],
    last_seq = ${change.lastSeq}::int, last_hash = decode(${change.lastHash}::text, 'hex'), last_at = ${change.lastAt}::timestamptz, state = ${change.state}::bytea,
    ended_at = ${change.endedAt}::timestamptz, sealed_at = ${change.sealedAt}::timestamptz, incidents = ${change.incidents}::int,
    -- The workflow ends a moment after its seal; its history is archived then.
    archive_due_at = case when sealed_at is null and ${change.sealedAt}::timestamptz is not null
      then clock_timestamp() + interval '2 seconds' else archive_due_at end,
    suspended_at = ${change.suspendedAt}::timestamptz
    ${change.migratedTo === null ? sql`` : sql`, graph_hash = ${change.migratedTo.graphHash}::text, definition_version = ${change.migratedTo.version}::int`}
  where id = ${step.instanceId}::uuid and last_seq = ${step.seq - 1}::int and divergence is null
    and is_whereabouts_known = ${change.isWhereaboutsKnown}::boolean
  returning id, service_key, definition_version`;

/** P4: a final refusal is the command's answer. */
export async function insertRefusal(
  db: Executor,
  refusal: {
    readonly instanceId: string;
    readonly actor: string;
    readonly commandId: string;
    readonly bodyHash: string;
    readonly refusal: object;
  },
): Promise<void> {
  await db
    .insertInto('refused_command')
    .values({
      instance_id: refusal.instanceId,
      actor: refusal.actor,
      command_id: refusal.commandId,
      body_hash: Buffer.from(refusal.bodyHash, 'hex'),
      refusal: JSON.stringify(refusal.refusal),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
