/**
 * Holds what clients were told against the journal, the read model and Temporal's own histories. It reads tables and histories
 * only and uses none of the product's code, so that it cannot share its mistakes.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Operation } from '../load/operation.ts';
import { historiesOf, type WorkflowRecord } from './histories.ts';

export interface AuditOptions {
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly operations: readonly Operation[];
  /** How long findings may take to go away: a workflow ends a moment after its seal, a timer may fire meanwhile. */
  readonly patienceMs?: number;
}

export interface AuditReport {
  /** One line per breach, naming instance and rule; what a test wants is none. */
  readonly findings: readonly string[];
  readonly instances: number;
  readonly steps: number;
  readonly sealed: number;
}

export async function audit({ patienceMs = 0, ...options }: AuditOptions): Promise<AuditReport> {
  for (const until = Date.now() + patienceMs; ; await sleep(500)) {
    const report = await auditOnce(options);
    if (report.findings.length === 0 || Date.now() > until) return report;
  }
}

async function auditOnce({ ownerUrl, temporalAddress, namespace, operations }: AuditOptions): Promise<AuditReport> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const instances = await rowsOf<InstanceRow>(
      client,
      `select id, status, semantics, last_seq, encode(last_hash, 'hex') as last_hash, ended_at is not null as is_ended,
        sealed_at is not null as is_sealed, divergence is not null as is_diverged from instance`,
    );
    const steps = await rowsOf<StepRow>(
      client,
      `select instance_id, seq, at, actor, command_id, command_type, encode(commitment, 'hex') as commitment, encode(hash, 'hex') as hash
       from step order by instance_id, seq`,
    );
    const stepsOf = groupBy(steps, (step) => step.instance_id);
    const findings = [
      ...operationFindings(operations, steps),
      ...instances.flatMap((instance) => chainFindings(instance, stepsOf.get(instance.id) ?? [])),
      ...(await readModelFindings(client, operations)),
      ...(await relayFindings(client)),
      ...historyFindings(
        instances,
        stepsOf,
        await historiesOf({ address: temporalAddress, namespace, ids: instances.map(({ id }) => id) }),
      ),
    ];
    return { findings, instances: instances.length, steps: steps.length, sealed: instances.filter(({ is_sealed }) => is_sealed).length };
  } finally {
    await client.end();
  }
}

/** Waits until every step is confirmed and every ended instance sealed; what is not by then, a line for each instance. */
export async function unsettledAfter(ownerUrl: string, withinMs: number): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const until = Date.now() + withinMs;
    for (;;) {
      const open = await rowsOf<{ readonly line: string }>(
        client,
        `select format('instance %s is confirmed up to step %s of %s', instance_id, confirmed_seq, last_seq) as line
         from relay where confirmed_seq < last_seq and not stopped
         union all
         select format('instance %s has ended and is not sealed', id) from instance
         where ended_at is not null and sealed_at is null and divergence is null
         order by line`,
      );
      if (open.length === 0 || Date.now() > until) return open.map(({ line }) => line);
      await sleep(250);
    }
  } finally {
    await client.end();
  }
}

interface InstanceRow {
  readonly id: string;
  readonly status: string;
  readonly semantics: number;
  readonly last_seq: number;
  readonly last_hash: string;
  readonly is_ended: boolean;
  readonly is_sealed: boolean;
  readonly is_diverged: boolean;
}

interface StepRow {
  readonly instance_id: string;
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly command_id: string;
  readonly command_type: string;
  readonly commitment: string;
  readonly hash: string;
}

async function rowsOf<Row extends object>(client: pg.Client, query: string): Promise<readonly Row[]> {
  return (await client.query<Row>(query)).rows;
}

function groupBy<T>(list: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of list) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}

const COMMAND_TYPES: Readonly<Record<Operation['kind'], string>> = { start: 'start', claim: 'task.claim', complete: 'task.complete' };

/** Accepted: exactly once, as answered. Refused: not at all. Unknown: once or not at all. */
function operationFindings(operations: readonly Operation[], steps: readonly StepRow[]): readonly string[] {
  const byCommand = groupBy(steps, (step) => step.command_id);
  return operations.flatMap((operation) => {
    const { commandId, kind, result, seq, instanceId, personId } = operation;
    const found = byCommand.get(commandId) ?? [];
    const name = `${kind} ${commandId} of ${personId}`;
    if (found.length > 1) return [`${name} is in the journal ${found.length} times`];
    const [step] = found;
    if (result === 'accepted' && step === undefined) return [`${name} was accepted at ${instanceId}:${seq} and is lost`];
    if (result === 'refused' && step !== undefined) return [`${name} was refused and stands at ${step.instance_id}:${step.seq}`];
    if (step === undefined) return [];
    const isRight = step.actor === `person:${personId}` && step.command_type === COMMAND_TYPES[kind];
    const isThere = instanceId === null || step.instance_id === instanceId;
    const isAnswered = result !== 'accepted' || step.seq === seq;
    return isRight && isThere && isAnswered
      ? []
      : [`${name} was answered ${instanceId}:${seq} and stands at ${step.instance_id}:${step.seq}`];
  });
}

const GENESIS_HASH = '0'.repeat(64);

/** Sequence numbers without gaps, and a chain that verifies from its beginning to the head that the instance names (P3). */
function chainFindings(instance: InstanceRow, steps: readonly StepRow[]): readonly string[] {
  const findings: string[] = [];
  let previousHash = GENESIS_HASH;
  for (const [index, step] of steps.entries()) {
    if (step.seq !== index + 1) findings.push(`${instance.id}: step ${index + 1} is missing`);
    const envelope = {
      actor: step.actor,
      at: step.at.toISOString(),
      commandId: step.command_id,
      commandType: step.command_type,
      commitment: step.commitment,
      instanceId: instance.id,
      previousHash,
      semantics: instance.semantics,
      seq: step.seq,
    };
    // Flat, ASCII, keys in order: this is canonical JSON already.
    const hash = createHash('sha256').update(JSON.stringify(envelope)).digest('hex');
    if (hash !== step.hash) findings.push(`${instance.id}: the chain is broken at step ${step.seq}`);
    previousHash = step.hash;
  }
  if (instance.last_seq !== steps.length)
    findings.push(`${instance.id}: the instance names step ${instance.last_seq}, the journal ends at ${steps.length}`);
  if (instance.last_hash !== previousHash) findings.push(`${instance.id}: the instance's hash is not its last step's`);
  if (instance.is_diverged) findings.push(`${instance.id}: workflow and journal came to different results`);
  return findings;
}

async function readModelFindings(client: pg.Client, operations: readonly Operation[]): Promise<readonly string[]> {
  const tasks = await rowsOf<{
    instance_id: string;
    task_id: string;
    state: string;
    done_by: string | null;
    listed: number;
    is_ended: boolean;
  }>(
    client,
    `select t.instance_id, t.task_id, t.state, t.done_by, i.ended_at is not null as is_ended,
       (select count(*) from inbox b where b.instance_id = t.instance_id and b.task_id = t.task_id)::int as listed
     from task t join instance i on i.id = t.instance_id`,
  );
  const byId = new Map(tasks.map((task) => [`${task.instance_id}:${task.task_id}`, task]));
  const strays = await rowsOf<{ instance_id: string; task_id: string }>(
    client,
    'select b.instance_id, b.task_id from inbox b left join task t using (instance_id, task_id) where t.task_id is null',
  );
  return [
    ...operations.flatMap(({ kind, result, instanceId, taskId, personId }) => {
      if (kind !== 'complete' || result !== 'accepted') return [];
      const task = byId.get(`${instanceId}:${taskId}`);
      return task?.state === 'done' && task.done_by === personId
        ? []
        : [`task ${instanceId}:${taskId} was completed by ${personId} and is ${task?.state ?? 'missing'}`];
    }),
    ...tasks.flatMap(({ instance_id, task_id, state, listed, is_ended }) => {
      if (state === 'open' && is_ended) return [`task ${instance_id}:${task_id} is open in an ended instance`];
      if (state === 'open' && listed === 0) return [`task ${instance_id}:${task_id} is open and on nobody's list`];
      return state !== 'open' && listed > 0 ? [`task ${instance_id}:${task_id} is ${state} and still on a list`] : [];
    }),
    ...strays.map(({ instance_id, task_id }) => `${instance_id}:${task_id} is on a list and no task`),
  ];
}

async function relayFindings(client: pg.Client): Promise<readonly string[]> {
  const behind = await rowsOf<{
    instance_id: string;
    confirmed_seq: number;
    last_seq: number;
    stopped: boolean;
    last_error: string | null;
  }>(client, 'select instance_id, confirmed_seq, last_seq, stopped, last_error from relay where confirmed_seq < last_seq or stopped');
  return behind.map(
    ({ instance_id, confirmed_seq, last_seq, stopped, last_error }) =>
      `${instance_id}: ${confirmed_seq} of ${last_seq} steps confirmed${stopped ? ', stopped' : ''}${last_error === null ? '' : ` (${last_error})`}`,
  );
}

/** The workflow was told every step that it must walk, and is closed exactly when its loop is sealed. */
function historyFindings(
  instances: readonly InstanceRow[],
  stepsOf: ReadonlyMap<string, readonly StepRow[]>,
  histories: ReadonlyMap<string, WorkflowRecord>,
): readonly string[] {
  return instances.flatMap(({ id, is_sealed }) => {
    const record = histories.get(id);
    if (record === undefined) return [`${id}: has no workflow`];
    const findings: string[] = [];
    if (is_sealed !== (record.status === 'COMPLETED')) findings.push(`${id}: sealed is ${is_sealed}, the workflow is ${record.status}`);
    const lastWalked = (stepsOf.get(id) ?? []).filter(({ command_type }) => !ANNEX.has(command_type)).at(-1)?.seq ?? 0;
    const untold = Array.from({ length: lastWalked }, (_, index) => index + 1).filter((seq) => !record.toldSeqs.has(seq));
    if (untold.length > 0) findings.push(`${id}: the workflow was never told step ${untold.join(', ')}`);
    if (record.failedTasks > 0) findings.push(`${id}: ${record.failedTasks} workflow tasks failed for a reason of their own`);
    return findings;
  });
}

/** What may follow the end of an instance and is not relayed then (P9). */
const ANNEX = new Set(['seal', 'comment', 'cc']);
