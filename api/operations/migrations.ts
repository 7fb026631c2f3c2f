/** Running instances go on in another published version: proposed, tried on all of them without a trace, then done one by one. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { CommandBody } from '#core/process/command.ts';
import { evolve } from '#core/process/evolve.ts';
import { mapped, proposeMapping } from '#core/process/migration.ts';
import type { ProcessState } from '#core/process/state.ts';
import { insertBatch, type MigrationBatch, readBatches, readBatchRows, setBatchState } from '#db/migration-batches.ts';
import { findOperated, type OperatedRow } from '#db/operations.ts';
import { readInstance } from '#db/stored-instance.ts';
import { readVersion, type StoredVersion } from '#db/versions.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { ApiError, notFound } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import type { MigrationBatchHead, MigrationBatchView, MigrationOutcome, MigrationProposal, MigrationReport } from '../views/definitions.ts';
import type { CommandAnswer } from '../views.ts';
import { answerOf, reason } from './operations.ts';

const key = z.string().max(100);
const version = z.coerce.number().int().min(1).max(2_147_483_647);
const elementId = z.string().min(1).max(200);
const mapping = z.record(elementId, elementId).default({});
const PAGE_MAX = 50;

export const migrationProposal = defineOperation({
  name: 'migrationProposal',
  method: 'get',
  path: '/definitions/:key/versions/:version/migration',
  summary: 'Which element of a version becomes which of another one, as far as that can be told',
  input: z.object({ key, version, to: version }),
  right: 'instance.operate',
  async run(context, { key: flow, version: from, to }): Promise<MigrationProposal> {
    const [old, now] = await Promise.all([graphOf(context, flow, from), targetOf(context, flow, to)]);
    return {
      pairs: proposeMapping(old.graph, now.graph),
      targets: Object.values(now.graph.elements).map(({ id, name }) => ({ elementId: id, name })),
    };
  },
});

export const tryMigration = defineOperation({
  name: 'tryMigration',
  method: 'post',
  path: '/definitions/:key/versions/:version/migration/try',
  summary: 'A page of the running instances of a version: which of them could go on in another one, and why others could not',
  input: z.object({ key, version, to: z.number().int().min(1).max(2_147_483_647), mapping, after: z.uuid().optional() }),
  right: 'instance.operate',
  async run(context, { key: flow, version: from, to, mapping: names, after }): Promise<MigrationReport> {
    await graphOf(context, flow, from);
    const target = await targetOf(context, flow, to);
    const rows = await findOperated(context.runtime.db, {
      number: null,
      key: flow,
      version: from,
      isSuspended: false,
      isRunning: true,
      after: after ?? null,
      limit: PAGE_MAX,
    });
    const outcomes: MigrationOutcome[] = [];
    // One after the other: a report yields to those who work.
    for (const row of rows)
      outcomes.push({ instanceId: row.instanceId, number: row.number, ...(await tried(context, row, target, names)) });
    return { outcomes, next: rows.length === PAGE_MAX ? (rows.at(-1)?.instanceId ?? null) : null };
  },
});

export const migrateInstance = defineOperation({
  name: 'migrateInstance',
  method: 'post',
  path: '/operations/instances/:id/migrate',
  summary: 'Let an instance go on in another published version of its flow',
  input: z.object({
    id: z.uuid(),
    commandId: z.uuid(),
    version: z.number().int().min(1).max(2_147_483_647),
    mapping,
    reason,
  }),
  right: 'instance.operate',
  async run(context, { id, commandId, version: to, mapping: names, reason }): Promise<CommandAnswer> {
    const instance = await readInstance(context.runtime.db, id);
    if (!instance) throw notFound();
    const { graphHash } = await targetOf(context, instance.serviceKey, to);
    const result = await context.runtime.door.submit({
      instanceId: id,
      commandId,
      actor: actorOf(context),
      asked: { migrate: { version: to, mapping: names, reason } },
      // From the version in which it stands when it is decided.
      prepare: (seen) => ({
        kind: 'ready',
        body: { ...bodyOf(names, to, graphHash), fromGraphHash: seen.instance.graphHash, reason },
      }),
    });
    return answerOf(result);
  },
});

export const startMigration = defineOperation({
  name: 'startMigration',
  method: 'post',
  path: '/definitions/:key/versions/:version/migrations',
  summary: 'Let every instance that runs with a version go on in another one, a result for each',
  input: z.object({
    key,
    version,
    commandId: z.uuid(),
    to: z.number().int().min(1).max(2_147_483_647),
    mapping,
    reason,
  }),
  right: 'instance.operate',
  async run(context, { key: flow, version: from, commandId, to, mapping: names, reason }): Promise<MigrationBatchView> {
    const { db } = context.runtime;
    if (from === to) throw new ApiError(422, { code: 'nothing-asked' });
    await graphOf(context, flow, from);
    const { graphHash } = await targetOf(context, flow, to);
    const byPerson = context.standing.person.id;
    // The same command again is the same batch.
    const id = commandIdOf('migration', byPerson, commandId);
    await insertBatch(db, { id, key: flow, fromVersion: from, toVersion: to, graphHash, mapping: changedOnly(names), reason, byPerson });
    return batchView(context, id);
  },
});

export const migrations = defineOperation({
  name: 'migrations',
  method: 'get',
  path: '/definitions/:key/migrations',
  summary: 'The batches of migrations of a flow, newest first',
  input: z.object({ key }),
  right: 'instance.operate',
  async run(context, { key: flow }): Promise<readonly MigrationBatchHead[]> {
    const batches = await readBatches(context.runtime.db, { key: flow, limit: BATCHES_MAX });
    return Promise.all(batches.map((batch) => headOf(context, batch)));
  },
});

export const migration = defineOperation({
  name: 'migration',
  method: 'get',
  path: '/operations/migrations/:id',
  summary: 'A batch of migrations: how far it is, and what became of each instance',
  input: z.object({ id: z.uuid() }),
  right: 'instance.operate',
  run: (context, { id }): Promise<MigrationBatchView> => batchView(context, id),
});

export const pauseMigration = defineOperation({
  name: 'pauseMigration',
  method: 'post',
  path: '/operations/migrations/:id/pause',
  summary: 'Hold a batch of migrations after the instance under way, or let it go on',
  input: z.object({ id: z.uuid(), isPaused: z.boolean() }),
  right: 'instance.operate',
  async run(context, { id, isPaused }): Promise<MigrationBatchView> {
    const { db } = context.runtime;
    const before = await batchView(context, id);
    if (!(await setBatchState(db, id, isPaused ? 'paused' : 'running'))) return before;
    return batchView(context, id);
  },
});

const BATCHES_MAX = 20;
const BATCH_ROWS_MAX = 500;

async function batchView(context: Context, id: string): Promise<MigrationBatchView> {
  const { db } = context.runtime;
  const [batch] = await readBatches(db, { id, limit: 1 });
  if (!batch) throw notFound();
  return { ...(await headOf(context, batch)), rows: await readBatchRows(db, { id, limit: BATCH_ROWS_MAX }) };
}

async function headOf(context: Context, { graphHash: _, byPerson, ...batch }: MigrationBatch): Promise<MigrationBatchHead> {
  return { ...batch, by: await context.runtime.directory.person(byPerson) };
}

interface Target {
  readonly graph: ProcessGraph;
  readonly graphHash: string;
  readonly version: number;
}

async function graphOf(context: Context, flow: string, number: number): Promise<Target & { readonly stored: StoredVersion }> {
  const stored = await readVersion(context.runtime.db, { key: flow, version: number });
  if (!stored) throw notFound();
  if (stored.graphHash === null) throw new ApiError(409, { code: 'version-not-compiled' });
  return { stored, graph: await context.runtime.definitions.graph(stored.graphHash), graphHash: stored.graphHash, version: number };
}

/** Instances go on only in what was published and is not retired. */
async function targetOf(context: Context, flow: string, number: number): Promise<Target> {
  const found = await graphOf(context, flow, number);
  if (found.stored.state !== 'published') throw new ApiError(409, { code: 'version-not-published' });
  return found;
}

type Names = Readonly<Record<string, string>>;
type Body = Extract<CommandBody, { type: 'instance.migrate' }>;

const bodyOf = (names: Names, to: number, graphHash: string): Omit<Body, 'fromGraphHash' | 'reason'> => ({
  type: 'instance.migrate',
  graphHash,
  version: to,
  mapping: changedOnly(names),
});

/** Whoever keeps its id need not be named. */
const changedOnly = (names: Names): Names => Object.fromEntries(Object.entries(names).filter(([from, target]) => from !== target));

/** A trial is not done, so nobody has to say why yet. */
const TRIAL_REASON = 'trial';

async function tried(
  context: Context,
  row: OperatedRow,
  target: Target,
  names: Names,
): Promise<Omit<MigrationOutcome, 'instanceId' | 'number'>> {
  const { door } = context.runtime;
  const previewed = await door.preview({
    instanceId: row.instanceId,
    commandId: randomUUID(),
    actor: actorOf(context),
    body: { ...bodyOf(names, target.version, target.graphHash), fromGraphHash: row.graphHash, reason: TRIAL_REASON },
  });
  if (previewed.kind === 'not-found') return { refusal: { code: 'not-found' }, waits: NO_WAITS };
  const { decision, state, command } = previewed;
  if (decision.kind === 'refused') return { refusal: decision.refusal, waits: NO_WAITS };
  const after = evolve(target.graph, state, { seq: state.seq + 1, at: command.at, events: decision.events });
  return { refusal: null, waits: waitsOf(state, after, names) };
}

const NO_WAITS = { kept: [], armedAnew: [], ended: [], begun: [] } as const;

/** Which listeners are kept, armed anew, ended and begun: by where they lead. */
function waitsOf(before: ProcessState, after: ProcessState, names: Names): MigrationOutcome['waits'] {
  const waits = ({ timers, subscriptions }: ProcessState) => [...Object.values(timers), ...Object.values(subscriptions)];
  const [old, now] = [waits(before), waits(after)];
  const gone = old
    .filter(({ effectId }) => !now.some((other) => other.effectId === effectId))
    .map(({ targetId }) => mapped(names, targetId));
  const come = now.filter(({ effectId }) => !old.some((other) => other.effectId === effectId)).map(({ targetId }) => targetId);
  return {
    kept: now.filter(({ effectId }) => old.some((other) => other.effectId === effectId)).map(({ targetId }) => targetId),
    armedAnew: come.filter((id) => gone.includes(id)),
    ended: gone.filter((id) => !come.includes(id)),
    begun: come.filter((id) => !gone.includes(id)),
  };
}
