/**
 * Brings back into the journal what a restore of PostgreSQL lost and the workflow still knows: its history or the archive holds every command
 * that it confirmed (P24). Forms are not in histories, only the facts drawn from them, so the answers of a lost submission stay lost.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Command } from '#core/process/command.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Database } from '#db/database.ts';
import { isErased } from '#db/erasure.ts';
import { readSteps } from '#db/journal.ts';
import { type NewInstance, readForStart } from '#db/steps.ts';
import { readInstance, type StoredInstance } from '#db/stored-instance.ts';
import { type GraphArgument, SEARCH_ATTRIBUTES } from '#workflows/messages.ts';
import { commandIdOf } from './command-id.ts';
import type { DataKeys } from './data-keys.ts';
import type { Definitions } from './definitions.ts';
import type { Door, SubmitRequest } from './door.ts';
import type { Histories, History, Run } from './histories.ts';
import { instanceNumber } from './instance-number.ts';
import type { DataKey } from './keys.ts';
import { type ToldStep, toldSteps } from './told-steps.ts';

export interface RecoveryDependencies {
  readonly db: Database;
  readonly keys: Pick<DataKeys, 'find'>;
  readonly definitions: Pick<Definitions, 'graph' | 'deploymentOf'>;
  readonly door: Pick<Door, 'importSteps'>;
  readonly histories: Histories;
  readonly codec: PayloadCodec;
  /** What lists show of an instance whose row was lost too. */
  readonly describe: (graphHash: string, start: Command) => Promise<{ readonly title: LocalizedText; readonly numberPrefix: string }>;
}

export type Recovery =
  /** The journal holds all that the workflow confirmed. */
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'imported';
      readonly steps: number;
      readonly submissionsLost: number;
      readonly isNew: boolean;
      readonly isSealed: boolean;
    }
  /** Both went on after the restore: from this step on an operator must choose, and `resolve` chooses the journal. */
  | { readonly kind: 'conflict'; readonly seq: number }
  /** As somebody wanted it: nothing is brought back. */
  | { readonly kind: 'erased' }
  /** Nobody can read what the workflow knows. */
  | { readonly kind: 'key-missing' }
  | { readonly kind: 'history-missing' };

export interface RecoveryOptions {
  /** Says what would be done and does nothing. */
  readonly isDryRun: boolean;
}

export async function recoverInstance(deps: RecoveryDependencies, instanceId: string, { isDryRun }: RecoveryOptions): Promise<Recovery> {
  const { db, keys, histories, codec, door } = deps;
  const key = await keys.find(`instance:${instanceId}`);
  if (!key) return (await isErased(db, instanceId)) ? { kind: 'erased' } : { kind: 'key-missing' };
  const instance = await readInstance(db, instanceId);
  const runs = await readRuns(histories, instanceId, key);
  const told = await toldByAll(runs, instanceId, codec);
  const known = instance?.lastSeq ?? 0;
  const conflict = await firstConflict(db, instanceId, told, known);
  if (conflict) return { kind: 'conflict', seq: conflict };
  const missing = told.filter((step) => step.seq > known);
  const [first] = missing;
  const hasGap = first !== undefined && first.seq !== known + 1;
  if (hasGap || (!instance && !first)) return { kind: 'history-missing' };
  const seal = instance?.sealedAt ? null : sealOf(instanceId, runs, told);
  if (!first && !seal) return { kind: 'whole' };
  const begun = await beginning(deps, instanceId, runs, instance);
  if (!begun) return { kind: 'history-missing' };
  if (!isDryRun) {
    const graph = await deps.definitions.graph(begun.graphHash);
    const created = instance || !first ? null : await newInstance(deps, instanceId, begun, first.command);
    await door.importSteps({ instanceId, graph, key, steps: missing, created, seal });
  }
  const submissionsLost = missing.filter(({ command }) => 'submission' in command && command.submission !== undefined).length;
  return { kind: 'imported', steps: missing.length, submissionsLost, isNew: !instance, isSealed: seal !== null };
}

interface ReadRun {
  readonly run: Run;
  readonly history: History;
}

/** The newest runs that can be read without a gap: what is before a missing one is not followed by what is known. */
async function readRuns(histories: Histories, instanceId: string, key: DataKey): Promise<readonly ReadRun[]> {
  const runs: ReadRun[] = [];
  for (const run of (await histories.runsOf(instanceId)).toReversed()) {
    const history = await histories.read(instanceId, run, key);
    if (!history) break;
    runs.push({ run, history });
  }
  return runs.reverse();
}

async function toldByAll(runs: readonly ReadRun[], instanceId: string, codec: PayloadCodec): Promise<readonly ToldStep[]> {
  const told: ToldStep[] = [];
  for (const { history } of runs) {
    for (const step of await toldSteps(history, instanceId, codec)) if (step.seq > (told.at(-1)?.seq ?? 0)) told.push(step);
  }
  return told;
}

const PAGE_STEPS = 500;

/** The first step that both have and that is not the same in both; null when there is none. */
async function firstConflict(db: Database, instanceId: string, told: readonly ToldStep[], known: number): Promise<number | null> {
  const hashes = new Map(told.map((step) => [step.seq, step.hash]));
  for (let afterSeq = 0; afterSeq < known; afterSeq += PAGE_STEPS) {
    const steps = await readSteps(db, { instanceId, afterSeq, limit: PAGE_STEPS });
    const found = steps.find((step) => (hashes.get(step.seq) ?? step.hash) !== step.hash);
    if (found) return found.seq;
  }
  return null;
}

/** The seal goes from the workflow to the door and is told to nobody; a completed workflow had sent it. */
function sealOf(instanceId: string, runs: readonly ReadRun[], told: readonly ToldStep[]): SubmitRequest | null {
  const isCompleted = runs.at(-1)?.history.events?.at(-1)?.workflowExecutionCompletedEventAttributes;
  const last = told.at(-1);
  if (!isCompleted || !last) return null;
  const body = { type: 'seal', runIds: runs.map(({ run }) => run.runId), lastSeq: last.seq, lastHash: last.hash } as const;
  return {
    instanceId,
    // As the workflow's own activity would.
    commandId: commandIdOf(instanceId, 'seal', `seal:${last.seq}`),
    actor: { kind: 'system', name: 'workflow' },
    asked: body,
    prepare: () => ({ kind: 'ready', body }),
  };
}

interface Beginning {
  readonly graphHash: string;
  readonly organisationId: string;
}

/** Which definition it follows, and whose it is. */
async function beginning(
  { codec }: RecoveryDependencies,
  instanceId: string,
  runs: readonly ReadRun[],
  instance: StoredInstance | null,
): Promise<Beginning | null> {
  if (instance) return instance;
  const started = runs[0]?.history.events?.[0]?.workflowExecutionStartedEventAttributes;
  const organisation = started?.searchAttributes?.indexedFields?.[SEARCH_ATTRIBUTES.organisation];
  const [argument] = started?.input?.payloads ?? [];
  if (!argument || !organisation) return null;
  const [decoded] = await codec.decode([argument], { type: 'workflow', workflowId: instanceId, namespace: '' });
  return { graphHash: (jsonOf(decoded) as GraphArgument).graphHash, organisationId: jsonOf(organisation) as string };
}

// Written by us: the argument of a workflow of ours, and a search attribute of kind Keyword.
const jsonOf = (payload: Payload | undefined): unknown => JSON.parse(Buffer.from(payload?.data ?? []).toString('utf8'));

async function newInstance(
  { db, definitions, describe }: RecoveryDependencies,
  id: string,
  { graphHash, organisationId }: Beginning,
  start: Command,
): Promise<NewInstance> {
  const { title, numberPrefix } = await describe(graphHash, start);
  // Its old number went with its row.
  const { number } = await readForStart(db);
  return {
    id,
    number: instanceNumber({ prefix: numberPrefix, at: start.at, zone: start.zone, count: number }),
    serviceKey: (await definitions.graph(graphHash)).key,
    graphHash,
    // Of several versions with this graph the newest; the history knows the graph alone.
    definitionVersion: (await definitions.deploymentOf(graphHash)).version,
    organisationId,
    applicantId: applicantOf(start),
    caller: start.type === 'start' ? (start.calledBy ?? null) : null,
    title,
    patientMasked: null,
    semantics: SEMANTICS,
    wrappedKey: null,
  };
}

/** Who applied; of a called process, whoever started what called it; nobody where a message, a signal or a timer began it. */
function applicantOf(start: Command): string | null {
  if (start.actor.kind === 'person') return start.actor.personId;
  const starter = start.type === 'start' ? start.variables.starter : undefined;
  if (typeof starter === 'object' && starter !== null && 'person' in starter && typeof starter.person === 'string') return starter.person;
  return null;
}
