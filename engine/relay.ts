/**
 * Tells each instance's workflow its new steps, in order, and compares the answer with the journal (P10–P13). Nobody waits for
 * it: while Temporal is away people go on working, and the relay catches up when it is back.
 */
import { type Client, WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/common';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { GENESIS_HASH } from '#core/journal/chain.ts';
import { insertReplacedRun } from '#db/archives.ts';
import type { Database } from '#db/database.ts';
import { type ForRelay, readFirstStepOf, readForRelay, readSteps } from '#db/journal.ts';
import { confirmSteps, endRelay, type LeasedInstance, leaseInstances, postponeRelay, stopRelay } from '#db/relay.ts';
import { type BatchAnswer, type GraphArgument, type InstanceArgument, SEARCH_ATTRIBUTES, type StepBatch } from '#workflows/messages.ts';
import { stepsThatFit } from './batch.ts';
import { CongestionWindow } from './congestion-window.ts';
import type { DataKeys } from './data-keys.ts';
import type { Definitions } from './definitions.ts';
import type { DataKey } from './keys.ts';
import { Loop } from './loop.ts';
import { phaseOf } from './phase.ts';
import { commitmentSalt, openStep, type StepBody } from './step-codec.ts';
import { workflowStatus } from './workflow-status.ts';

export interface RelayOptions {
  readonly db: Database;
  readonly client: Client;
  readonly keys: DataKeys;
  readonly definitions: Definitions;
  readonly taskQueue: string;
  readonly workerId: string;
  readonly concurrencyMax: number;
  readonly leaseSeconds: number;
  readonly onError: (what: { readonly instanceId: string | null; readonly error: string }) => void;
}

/** Steps in one Update: enough to catch up quickly, small enough for one payload. */
const BATCH_STEPS_MAX = 20;
/** A call never outlives its lease: another worker may tell the instance then. */
const UPDATE_DEADLINE_MS_MAX = 15_000;
const UPDATE_DEADLINE_OF_LEASE = 0.5;
const POLL_MS = 500;
const RETRY_MS_MAX = 10_000;
const RETRY_MS_FIRST = 200;

export class Relay {
  readonly #options: RelayOptions;
  readonly #loop: Loop;
  readonly #window: CongestionWindow;
  #underWay = 0;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#window = new CongestionWindow(options.concurrencyMax);
    const onError = (error: unknown): void => options.onError({ instanceId: null, error: nameOf(error) });
    this.#loop = new Loop({ everyMs: POLL_MS, turn: () => this.#take(), onError });
  }

  start(): void {
    this.#loop.start();
  }

  /** News of a commit: look at once instead of at the next poll. */
  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    while (this.#underWay > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Takes what is due, as far as there is room. False: everything is under way, or there is no room until something is done. */
  async #take(): Promise<boolean> {
    const { db, workerId, leaseSeconds } = this.#options;
    const free = this.#window.size - this.#underWay;
    if (free <= 0) return false;
    const leased = await leaseInstances(db, { workerId, leaseSeconds, limit: free });
    for (const instance of leased) void this.#relay(instance);
    return leased.length === free;
  }

  async #relay(leased: LeasedInstance): Promise<void> {
    this.#underWay += 1;
    try {
      await this.#tell(leased);
    } catch (error) {
      await this.#failed(leased, error).catch((second: unknown) =>
        this.#options.onError({ instanceId: leased.instanceId, error: nameOf(second) }),
      );
    } finally {
      this.#underWay -= 1;
      this.wake();
    }
  }

  async #tell(leased: LeasedInstance): Promise<void> {
    const { db, keys, definitions, workerId } = this.#options;
    const { instanceId } = leased;
    const found = await readForRelay(db, { instanceId, afterSeq: leased.confirmedSeq, lastSeq: leased.lastSeq, limit: BATCH_STEPS_MAX });
    const newest = found?.steps.at(-1);
    if (!found || !newest) return postponeRelay(db, { instanceId, workerId, retryInMs: POLL_MS, error: 'journal-behind' });
    const key = await keys.find(`instance:${instanceId}`, found.wrappedKey);
    if (!key) return stopRelay(db, { instanceId, error: 'key-erased', divergence: null });
    const opened = stepsThatFit(found.steps).map((step) => ({ ...step, ...openStep(key, step.body) }));
    const { steps, migration } = upToMigration(opened);
    const last = steps.at(-1) ?? newest;
    const first = await this.#firstGraphHash(instanceId, key, found.graphHash, leased.confirmedSeq);
    const graph = await definitions.graph(migration?.graphHash ?? first);
    const batch: StepBatch = {
      fromSeq: leased.confirmedSeq + 1,
      previousHash: found.previousHash ?? GENESIS_HASH,
      steps: steps.map(({ command, hash }) => ({ command, hash })),
      isBehind: last.seq < leased.lastSeq,
    };
    const instance = { ...found, graphHash: first, id: instanceId };
    const target = migration ? { graphHash: migration.graphHash, graph } : null;
    const started = first === target?.graphHash ? graph : await definitions.graph(first);
    const sent = {
      instance,
      graph: started,
      target,
      batch,
      name: phaseOf(graph, steps),
      salt: commitmentSalt(key),
      rebuild: leased.rebuild,
    };
    const deadlineMs = Math.min(UPDATE_DEADLINE_MS_MAX, this.#options.leaseSeconds * 1_000 * UPDATE_DEADLINE_OF_LEASE);
    const call = this.#window.begin();
    const answer = await this.#options.client
      .withDeadline(Date.now() + deadlineMs, () => this.#update(sent))
      .catch((error: unknown) => {
        if (!isOfWorkflow(error)) this.#window.late(call);
        throw error;
      });
    this.#window.answered();
    await this.#answered({ instanceId, answer, last, isEnded: found.isEnded });
  }

  /** With which graph a workflow begins: a migrated instance began with another one than it has now. */
  async #firstGraphHash(instanceId: string, key: DataKey, graphHash: string, confirmedSeq: number): Promise<string> {
    if (confirmedSeq > 0) return graphHash;
    const migration = await readFirstStepOf(this.#options.db, { instanceId, commandType: 'instance.migrate' });
    const command = migration && openStep(key, migration.body).command;
    return command?.type === 'instance.migrate' ? command.fromGraphHash : graphHash;
  }

  async #answered({ instanceId, answer, last, isEnded }: Answered): Promise<void> {
    const { db, workerId } = this.#options;
    if (answer.kind === 'gap') {
      await confirmSteps(db, { instanceId, workerId, seq: answer.seq, isEnded });
    } else if (answer.kind === 'confirmed' && (await this.#isAsInJournal(instanceId, answer, last))) {
      // When an earlier answer was lost the workflow may hold more than this batch told; the next one compares its hash.
      await confirmSteps(db, { instanceId, workerId, seq: last.seq, isEnded });
    } else {
      const seq = answer.seq;
      const workflowHash = answer.kind === 'diverged' ? answer.found : answer.hash;
      const journalHash = answer.kind === 'diverged' ? answer.expected : last.hash;
      const detail =
        answer.kind === 'diverged' ? answer.detail : answer.seq > last.seq ? 'the workflow is ahead of the journal' : 'another hash';
      await stopRelay(db, {
        instanceId,
        error: 'diverged',
        divergence: { seq, journalHash, workflowHash, detail, at: new Date().toISOString() },
      });
    }
  }

  async #isAsInJournal(
    instanceId: string,
    { seq, hash }: { readonly seq: number; readonly hash: string },
    last: { readonly seq: number; readonly hash: string },
  ): Promise<boolean> {
    if (seq === last.seq) return hash === last.hash;
    // More than was told, from an earlier Update: only what the journal has by now. Beyond it, Postgres was restored (P24).
    const [step] = await readSteps(this.#options.db, { instanceId, afterSeq: seq - 1, limit: 1 });
    return step?.hash === hash;
  }

  async #update(sent: Sent): Promise<BatchAnswer> {
    const { client } = this.#options;
    const { instance, batch, name } = sent;
    const updateId = `${batch.fromSeq}-${batch.fromSeq + batch.steps.length - 1}`;
    if (batch.fromSeq > 1)
      return client.workflow
        .getHandle(instance.id)
        .executeUpdate<BatchAnswer, [StepBatch, GraphArgument?]>(name, { args: sent.target ? [batch, sent.target] : [batch], updateId });
    if (sent.rebuild) await this.#terminate(instance.id);
    const argument: InstanceArgument = { instanceId: instance.id, salt: sent.salt, semantics: instance.semantics };
    const graph: GraphArgument = { graphHash: instance.graphHash, graph: sent.graph };
    return client.workflow.executeUpdateWithStart<never, BatchAnswer, [StepBatch, GraphArgument?]>(name, {
      args: sent.target ? [batch, sent.target] : [batch],
      updateId,
      startWorkflowOperation: new WithStartWorkflowOperation(instance.serviceKey, {
        workflowId: instance.id,
        taskQueue: this.#options.taskQueue,
        args: [graph, argument],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        // P12: a second workflow under the same id only when an operator asked for it.
        workflowIdReusePolicy: sent.rebuild ? WorkflowIdReusePolicy.ALLOW_DUPLICATE : WorkflowIdReusePolicy.REJECT_DUPLICATE,
        typedSearchAttributes: new TypedSearchAttributes([
          { key: FLOW, value: instance.serviceKey },
          { key: ORGANISATION, value: instance.organisationId },
          ...(instance.callerId === null ? [] : [{ key: CALLER, value: instance.callerId }]),
        ]),
      }) as never,
    });
  }

  async #terminate(instanceId: string): Promise<void> {
    try {
      const handle = this.#options.client.workflow.getHandle(instanceId);
      // Its history says what went wrong, and no later run leads back to it: the archiver is told of it.
      await insertReplacedRun(this.#options.db, { instanceId, runId: (await handle.describe()).runId });
      await handle.terminate('rebuilt from the journal');
    } catch (error) {
      // Nothing ran under this id any more: that is why it is rebuilt.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  async #failed(leased: LeasedInstance, error: unknown): Promise<void> {
    const { db, workerId } = this.#options;
    const name = nameOf(error);
    if (isOfWorkflow(error)) {
      if (await this.#hasSealed(leased)) return;
      // P12: closed or gone while the journal is open is for an operator, who may have it rebuilt.
      await stopRelay(db, { instanceId: leased.instanceId, error: 'workflow-missing', divergence: null });
    } else {
      const retryInMs = Math.min(RETRY_MS_MAX, RETRY_MS_FIRST * 2 ** Math.min(leased.attempts, 10));
      await postponeRelay(db, { instanceId: leased.instanceId, workerId, retryInMs, error: name });
    }
    this.#options.onError({ instanceId: leased.instanceId, error: name });
  }

  /** A workflow completes only after it was told every step and has sealed them: the answer to the last Update was lost, no more. */
  async #hasSealed({ instanceId }: LeasedInstance): Promise<boolean> {
    const { db, client, workerId } = this.#options;
    return (await workflowStatus(client, instanceId)) === 'COMPLETED' && (await endRelay(db, { instanceId, workerId }));
  }
}

interface Answered {
  readonly instanceId: string;
  readonly answer: BatchAnswer;
  /** Of the steps that were told. */
  readonly last: { readonly seq: number; readonly hash: string };
  readonly isEnded: boolean;
}

interface Sent {
  readonly instance: Pick<ForRelay, 'serviceKey' | 'graphHash' | 'organisationId' | 'callerId' | 'semantics'> & { readonly id: string };
  /** With which the workflow begins. */
  readonly graph: ProcessGraph;
  /** With which it goes on after the last step of the batch; beside it, so that the codec swaps it for its hash. */
  readonly target: GraphArgument | null;
  readonly batch: StepBatch;
  readonly name: string;
  readonly salt: string;
  readonly rebuild: boolean;
}

const FLOW = defineSearchAttributeKey(SEARCH_ATTRIBUTES.flow, SearchAttributeType.KEYWORD);
const ORGANISATION = defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, SearchAttributeType.KEYWORD);
const CALLER = defineSearchAttributeKey(SEARCH_ATTRIBUTES.caller, SearchAttributeType.KEYWORD);

/** A batch leads into one version at most: a migration is its last step. */
function upToMigration<Step extends StepBody>(steps: readonly Step[]) {
  const at = steps.findIndex(({ command }) => command.type === 'instance.migrate');
  const told = at < 0 ? steps : steps.slice(0, at + 1);
  const command = told.at(-1)?.command;
  return { steps: told, migration: command?.type === 'instance.migrate' ? command : null };
}

/** An answer about the workflow, not one that Temporal or a worker was too busy or too far away to give. */
const isOfWorkflow = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
