/**
 * The auditor's replay: an instance is decided again from its first step, and its workflows run again over their recorded histories. Three
 * records must agree: the journal, the hashes that were chained then, and what Temporal recorded the workflow to have been told and done.
 */
import type { PayloadCodec } from '@temporalio/common';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { commitmentOf, GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import type { Command } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import { evolve } from '#core/process/evolve.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import type { ProcessState } from '#core/process/state.ts';
import type { Database } from '#db/database.ts';
import { readFirstStepOf, readSteps, type StoredStep } from '#db/journal.ts';
import { readRelayed } from '#db/relay.ts';
import { readInstance, type StoredInstance } from '#db/stored-instance.ts';
import { openJson } from './cipher.ts';
import type { DataKeys } from './data-keys.ts';
import type { Definitions } from './definitions.ts';
import { NODE_DIGESTS } from './digests.ts';
import { envelopeOf } from './door.ts';
import type { Progress, ReplayOutcome } from './errands.ts';
import type { Histories, History, Run } from './histories.ts';
import type { DataKey } from './keys.ts';
import { commitmentSalt, openStep, type StepBody } from './step-codec.ts';
import { toldSteps } from './told-steps.ts';

export interface ReplayedRun {
  readonly runId: string;
  readonly history: History;
}

/** Temporal's own replay through the workflows of this build; the name of the error of each run, null where it replays. */
export type ReplayHistories = (instanceId: string, runs: readonly ReplayedRun[]) => Promise<readonly (string | null)[]>;

export interface ReplayDependencies {
  readonly db: Database;
  readonly keys: Pick<DataKeys, 'find'>;
  readonly definitions: Pick<Definitions, 'graph'>;
  readonly histories: Histories;
  readonly codec: PayloadCodec;
  readonly replayHistories: ReplayHistories;
  /** Which build of the workflows replays. */
  readonly interpreter: string;
}

type Verdict =
  | { readonly verdict: 'same' }
  | { readonly verdict: 'differs'; readonly seq: number; readonly where: 'journal' | 'hash' | 'history'; readonly detail: string };

/** Between pages the worker does what else waits. */
const PAGE_STEPS = 50;

export async function replayInstance(deps: ReplayDependencies, instanceId: string, progress: Progress): Promise<ReplayOutcome> {
  const { db, keys, histories, interpreter } = deps;
  const instance = await readInstance(db, instanceId);
  if (!instance) throw new Error(`There is no instance ${instanceId}.`);
  const versions = { semantics: SEMANTICS, interpreter };
  const nothing = { steps: 0, runs: 0, historyEvents: 0, versions };
  const key = await keys.find(`instance:${instanceId}`, instance.wrappedKey);
  if (!key) return { verdict: 'erased', ...nothing };
  const chain = await histories.runsOf(instanceId);
  const runs = await readAll(histories, instanceId, chain, key);
  if (!runs) return { verdict: 'history-missing', ...nothing };
  const total = instance.lastSeq + runs.length;
  const journal = await Journal.replay(deps, { instance, key, progress: (done) => progress(done, total) });
  const counted = {
    steps: journal.commands.length,
    runs: runs.length,
    historyEvents: runs.reduce((sum, { history }) => sum + (history.events?.length ?? 0), 0),
    versions,
  };
  if (journal.verdict.verdict === 'differs') return { ...journal.verdict, ...counted };
  return {
    ...(await compareHistories(deps, { instance, journal, runs, progress: (done) => progress(instance.lastSeq + done, total) })),
    ...counted,
  };
}

/** Null when one is nowhere. */
async function readAll(
  histories: Histories,
  instanceId: string,
  chain: readonly Run[],
  key: DataKey,
): Promise<readonly ReplayedRun[] | null> {
  const runs: ReplayedRun[] = [];
  for (const run of chain) {
    const history = await histories.read(instanceId, run, key);
    if (!history) return null;
    runs.push({ runId: run.runId, history });
  }
  return runs.length > 0 ? runs : null;
}

interface JournalToReplay {
  readonly instance: StoredInstance;
  readonly key: DataKey;
  readonly progress: (done: number) => Promise<void>;
}

/** A migrated instance began with another graph than it has now. */
async function beganWith(db: Database, { instance, key }: JournalToReplay): Promise<string> {
  const migration = await readFirstStepOf(db, { instanceId: instance.id, commandType: 'instance.migrate' });
  const command = migration && openedOrNull(key, migration.body)?.command;
  return command?.type === 'instance.migrate' ? command.fromGraphHash : instance.graphHash;
}

function openedOrNull(key: DataKey, body: Buffer): StepBody | null {
  try {
    return openStep(key, body);
  } catch {
    // Changed bytes do not decrypt: that is the finding.
    return null;
  }
}

/** The journal decided again, step by step, as far as it agrees with itself. */
class Journal {
  readonly commands: Command[] = [];
  readonly hashes: string[] = [];
  /** The last step that the workflow sealed, once it has. */
  sealedSeq: number | null = null;
  verdict: Verdict = { verdict: 'same' };
  /** Another one after a migration. */
  #graph: ProcessGraph;
  readonly #instance: StoredInstance;
  readonly #key: DataKey;
  #state: ProcessState | null = null;

  private constructor(graph: ProcessGraph, { instance, key }: JournalToReplay) {
    this.#graph = graph;
    this.#instance = instance;
    this.#key = key;
  }

  static async replay({ db, definitions }: ReplayDependencies, to: JournalToReplay): Promise<Journal> {
    const { id: instanceId, lastSeq } = to.instance;
    const journal = new Journal(await definitions.graph(await beganWith(db, to)), to);
    while (journal.commands.length < lastSeq) {
      const afterSeq = journal.commands.length;
      // Steps that came after the instance was read are not part of what is replayed.
      const steps = await readSteps(db, { instanceId, afterSeq, limit: Math.min(PAGE_STEPS, lastSeq - afterSeq) });
      if (steps[0]?.seq !== afterSeq + 1) return journal.#differs(afterSeq + 1, 'journal', 'the step is missing');
      for (const step of steps) {
        const body = journal.#open(step);
        const target = body?.command.type === 'instance.migrate' ? await definitions.graph(body.command.graphHash) : undefined;
        if (journal.#take(step, body, target).verdict.verdict === 'differs') return journal;
      }
      await to.progress(journal.commands.length);
    }
    return journal.#end();
  }

  /** `target`: the graph that a migration leads to. */
  #take(step: StoredStep, body: StepBody | null, target: ProcessGraph | undefined): Journal {
    const seq = this.commands.length + 1;
    if (step.seq !== seq || !body) return this.#differs(seq, 'journal', body ? 'the step is missing' : 'the step cannot be opened');
    const { command } = body;
    const decision = decide(this.#graph, this.#state, command, target);
    this.#graph = target ?? this.#graph;
    if (decision.kind !== 'accepted') return this.#differs(seq, 'journal', `decided again it is ${decision.kind}`);
    const { events } = decision;
    if (canonicalJson(events) !== canonicalJson(body.events)) return this.#differs(seq, 'journal', 'decided again it has other events');
    this.#state = evolve(this.#graph, this.#state, { seq, at: command.at, events });
    const commitment = commitmentOf(commitmentSalt(this.#key), { events, state: this.#state }, NODE_DIGESTS);
    const envelope = envelopeOf(this.#instance.id, seq, command, this.#instance.semantics);
    const hash = stepHash(this.hashes.at(-1) ?? GENESIS_HASH, envelope, commitment, NODE_DIGESTS);
    if (hash !== step.hash) return this.#differs(seq, 'hash', 'the recorded hash does not follow');
    this.commands.push(command);
    this.hashes.push(hash);
    for (const event of events) if (event.type === 'sealed') this.sealedSeq = event.lastSeq;
    return this;
  }

  #open(step: StoredStep): StepBody | null {
    return openedOrNull(this.#key, step.body);
  }

  /** What the lists and pages are made of is the state that the journal leads to. */
  #end(): Journal {
    const { lastSeq, lastHash, state } = this.#instance;
    if (this.hashes.at(-1) !== lastHash) return this.#differs(lastSeq, 'hash', 'the head is not the last step’s');
    const kept = openJson<ProcessState>(this.#key, 'journal', state);
    return canonicalJson(kept) === canonicalJson(this.#state) ? this : this.#differs(lastSeq, 'journal', 'it leads to another state');
  }

  #differs(seq: number, where: 'journal' | 'hash', detail: string): Journal {
    this.verdict = { verdict: 'differs', seq, where, detail };
    return this;
  }
}

interface HistoriesToCompare {
  readonly instance: StoredInstance;
  readonly journal: Journal;
  readonly runs: readonly ReplayedRun[];
  readonly progress: (done: number) => Promise<void>;
}

/** Was the workflow told exactly these steps, each of them, and does its code do again what it did then? */
async function compareHistories(deps: ReplayDependencies, { instance, journal, runs, progress }: HistoriesToCompare): Promise<Verdict> {
  const differs = (seq: number, detail: string): Verdict => ({ verdict: 'differs', seq, where: 'history', detail });
  const errors = await deps.replayHistories(instance.id, runs);
  let toldSeq = 0;
  for (const [index, { history }] of runs.entries()) {
    const told = await toldSteps(history, instance.id, deps.codec);
    for (const { seq, command, hash } of told) {
      if (seq > journal.commands.length) break;
      if (seq > toldSeq + 1) return differs(toldSeq + 1, 'the workflow was never told of it');
      if (hash !== journal.hashes[seq - 1]) return differs(seq, 'the workflow holds another hash');
      if (canonicalJson(command) !== canonicalJson(journal.commands[seq - 1])) return differs(seq, 'the workflow was told another command');
      toldSeq = Math.max(toldSeq, seq);
    }
    const error = errors[index];
    if (error) return differs(told[0]?.seq ?? Math.max(1, toldSeq), `the workflow does otherwise from here on (${error})`);
    await progress(index + 1);
  }
  const confirmedSeq = (await readRelayed(deps.db, instance.id)) ?? journal.sealedSeq ?? 0;
  return toldSeq < Math.min(confirmedSeq, journal.commands.length)
    ? differs(toldSeq + 1, 'the workflow was never told of it')
    : { verdict: 'same' };
}
