/**
 * Starts instances of another flow for a list of organisations, a batch a job (docs/decisions/0034). The diagram repeats the job until nothing is left, so
 * each batch is a step of the instance that starts them: a worker that dies in the middle has lost at most one, and does nothing twice.
 */
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { JsonObject } from '#core/json.ts';
import type { Database } from '#db/database.ts';
import { countUntold, readStarted, type StartedOccasion, storeStarted } from '#db/started-instances.ts';
import { readInstance } from '#db/stored-instance.ts';
import type { Beginnings } from '#engine/beginnings.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { type MadeForm, publishMade } from '#engine/editions.ts';
import type { Processes } from '#engine/processes.ts';
import { JobError, type JobHandler } from './jobs.ts';
import { readInput } from './read-input.ts';

/** For whom instances are started. */
export interface Roster {
  /** What it is for: an organisation gets one instance of a flow on an occasion, whoever asks and however often. */
  readonly occasion: string;
  readonly recipients: readonly Recipient[];
  /** Told to the starting instance as well. */
  readonly shared: JsonObject;
  /** The forms by which the flow asks on this occasion, where the list knows; published with the flow where that asks otherwise. */
  readonly asks?: AskedBy;
}

export interface AskedBy {
  readonly forms: readonly MadeForm[];
  /** Who answers for it; null: it came with the product. */
  readonly byPerson: string | null;
  readonly note: string;
}

export interface Recipient {
  readonly organisationId: string;
  readonly variables: JsonObject;
}

/** Finds a list by what the diagram selects: the same for the same selection, whenever it is asked. */
export type ReadRoster = (db: Database, selection: JsonObject) => Promise<Roster>;

export interface StartInstancesDependencies {
  readonly db: Database;
  readonly beginnings: Pick<Beginnings, 'fromOutside'>;
  readonly processes: Pick<Processes, 'called'>;
  readonly rosters: Readonly<Record<string, ReadRoster>>;
}

/** Between two batches the starting instance's own step is told to Temporal, behind those of the instances that it started. */
const BATCH = 100;
const CONCURRENCY = 4;
/** So many of them may wait for Temporal before the next one is started: what people do is told to it through the same relay. */
const UNTOLD_MAX = 200;
const LOOK_MS = 100;
/** Well within what a job may take; what is left is the next batch's. */
const PATIENCE_MS = 20_000;

const inputs = z.object({
  flow: z.string(),
  /** Name of a list that the worker knows. */
  roster: z.string().optional(),
  selection: z.record(z.string(), z.json()).default({}),
  /** Or the list itself. */
  occasion: z.string().optional(),
  recipients: z.array(z.object({ organisationId: z.string(), variables: z.record(z.string(), z.json()).default({}) })).optional(),
});

export function startInstances(deps: StartInstancesDependencies): JobHandler {
  const { db, beginnings, processes } = deps;
  return async ({ instanceId: starterId, variables }) => {
    const { flow, ...asked } = readInput(inputs, variables);
    const starter = await readInstance(db, starterId);
    const { occasion, recipients, shared, asks } = await rosterOf(deps, asked);
    if (asks) await askBy(db, flow, asks);
    const process = starter && (await processes.called(flow, starter.graphHash));
    if (!process) throw new JobError(`No deployed flow is called "${flow}". Deploy it, and retry.`, { isFinal: true });
    const of = { serviceKey: flow, occasion };
    const begun = await readStarted(db, of);
    const waiting = recipients.filter(({ organisationId }) => !begun.has(organisationId));
    const pending = waiting.slice(0, BATCH);
    const until = Date.now() + PATIENCE_MS;
    let started = 0;

    const startOne = async ({ organisationId, variables: given }: Recipient): Promise<void> => {
      const instanceId = commandIdOf('started', flow, occasion, organisationId);
      const result = await beginnings.fromOutside({
        process,
        instanceId,
        actor: { kind: 'system', name: 'job' },
        asked: { startedFor: organisationId, occasion },
        variables: { ...shared, ...given },
        organisationId,
      });
      if (result.kind === 'refused')
        throw new JobError(`${flow} cannot be started for ${organisationId}: ${result.refusal.code}.`, { isFinal: true });
      if (result.kind !== 'accepted') throw new JobError(`The door is ${result.kind}.`);
      await storeStarted(db, { ...of, organisationId, instanceId, starterId });
      started += 1;
    };
    const work = async (): Promise<void> => {
      for (let next = pending.shift(); next; next = pending.shift()) {
        if (!(await hasRoom(db, of, until))) return;
        await startOne(next);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    return { fanOut: { started, total: recipients.length, left: waiting.length - started }, shared };
  };
}

async function askBy(db: Database, serviceKey: string, { forms, ...doing }: AskedBy): Promise<void> {
  const result = await publishMade(db, { serviceKey, forms }, doing);
  if (result === null || result.kind === 'done' || result.kind === 'not-found') return;
  const isFinal = result.kind === 'faulty';
  const keys = forms.map(({ formKey }) => formKey).join(', ');
  throw new JobError(`The forms ${keys} of ${serviceKey} cannot be published: ${result.kind}.`, { isFinal });
}

async function rosterOf(
  { db, rosters }: StartInstancesDependencies,
  { roster, selection, occasion, recipients }: Omit<z.infer<typeof inputs>, 'flow'>,
): Promise<Roster> {
  if (recipients && occasion !== undefined) return { occasion, recipients, shared: {} };
  const readRoster = roster !== undefined && Object.hasOwn(rosters, roster) ? rosters[roster] : undefined;
  if (!readRoster) throw new JobError(`No list is called "${roster ?? ''}".`, { isFinal: true });
  return readRoster(db, selection);
}

/** Waits while the relay is behind with them; false when the time of this batch is over. */
async function hasRoom(db: Database, of: StartedOccasion, until: number): Promise<boolean> {
  while ((await countUntold(db, of)) >= UNTOLD_MAX) {
    if (Date.now() > until) return false;
    await setTimeout(LOOK_MS);
  }
  return Date.now() <= until;
}
