/**
 * A door without a database: it decides commands, chains them as the journal does, and tells them to the instance's workflow as the relay
 * does. Activities of the workflow are recorded, and what they report comes back as steps.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError, type WorkflowHandle } from '@temporalio/client';
import { CALENDARS } from '#bin/seed/network.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { workingIntervals } from '#core/calendar/working-time.ts';
import { commitmentOf, GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import type { Actor, Command, CommandBody } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { evolve } from '#core/process/evolve.ts';
import type { Need, NeedValues } from '#core/process/need.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import type { ProcessState } from '#core/process/state.ts';
import { envelopeOf } from '#engine/door.ts';
import { phaseOf } from '#engine/phase.ts';
import type { BatchAnswer, InstanceActivities, StepBatch } from '#workflows/messages.ts';

export interface MemoryStep {
  readonly command: Command;
  readonly events: readonly ProcessEvent[];
  readonly hash: string;
}

export type ActivityName = keyof InstanceActivities;
export type ActivityCall = {
  readonly [Name in ActivityName]: { readonly name: Name; readonly input: Parameters<InstanceActivities[Name]>[0] };
}[ActivityName];

export class MemoryDoor {
  readonly instanceId: string;
  readonly salt: string;
  readonly graph: ProcessGraph;
  readonly steps: MemoryStep[] = [];
  /** What the workflow asked of the world, in order. */
  readonly calls: ActivityCall[] = [];
  state: ProcessState | null = null;
  /** Steps of which the workflow has been told. */
  told = 0;
  #handle: WorkflowHandle | null = null;
  #telling: Promise<unknown> = Promise.resolve();

  constructor(
    graph: ProcessGraph,
    { instanceId = randomUUID(), salt = randomBytes(32).toString('hex') }: { readonly instanceId?: string; readonly salt?: string } = {},
  ) {
    this.graph = graph;
    this.instanceId = instanceId;
    this.salt = salt;
  }

  get hash(): string {
    return this.steps.at(-1)?.hash ?? GENESIS_HASH;
  }

  /** Decides a command, with its needs resolved; throws where it is refused. */
  submit(actor: Actor, body: CommandBody, at: string = new Date().toISOString()): MemoryStep {
    let needs: NeedValues = {};
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const command: Command = {
        id: randomUUID(),
        at: this.state && this.state.at > at ? this.state.at : at,
        zone: 'Asia/Shanghai',
        actor,
        ...body,
        needs,
      };
      const decision = decide(this.graph, this.state, command);
      if (decision.kind === 'accepted') return this.append(command);
      if (decision.kind === 'refused') throw new RefusedError(body.type, decision.refusal.code);
      needs = resolve(decision.needs, needs);
    }
    throw new Error(`${body.type} has needs without end.`);
  }

  /** Takes a command that was accepted elsewhere. */
  append(command: Command): MemoryStep {
    const decision = decide(this.graph, this.state, command);
    if (decision.kind !== 'accepted') throw new Error(`${command.type} is not accepted: ${JSON.stringify(decision)}`);
    const { events } = decision;
    const seq = this.steps.length + 1;
    const state = evolve(this.graph, this.state, { seq, at: command.at, events });
    const hash = stepHash(this.hash, envelopeOf(this.instanceId, seq, command, SEMANTICS), commitmentOf(this.salt, { events, state }));
    const step = { command, events, hash };
    this.steps.push(step);
    this.state = state;
    return step;
  }

  /** From now on reports of activities are told to this workflow. */
  follow(handle: WorkflowHandle): void {
    this.#handle = handle;
  }

  /** The steps as one Update would carry them. */
  batch(fromSeq: number, toSeq: number = this.steps.length): StepBatch & { readonly name: string } {
    const taken = this.steps.slice(fromSeq - 1, toSeq);
    return {
      name: phaseOf(this.graph, taken),
      fromSeq,
      previousHash: this.steps[fromSeq - 2]?.hash ?? GENESIS_HASH,
      steps: taken.map(({ command, hash }) => ({ command, hash })),
      isBehind: toSeq < this.steps.length,
    };
  }

  /** Tells the workflow what it does not know yet, one Update at a time. */
  tell(batchMax = 1): Promise<BatchAnswer | null> {
    const telling = this.#telling.then(() => this.#tellNow(batchMax));
    this.#telling = telling.catch(() => undefined);
    return telling;
  }

  async #tellNow(batchMax: number): Promise<BatchAnswer | null> {
    let answer: BatchAnswer | null = null;
    while (this.#handle && this.told < this.steps.length) {
      const toSeq = Math.min(this.steps.length, this.told + batchMax);
      const { name, ...batch } = this.batch(this.told + 1, toSeq);
      const handle = this.#handle;
      answer = await persistently(() =>
        handle.executeUpdate<BatchAnswer, [StepBatch]>(name, { args: [batch], updateId: `${batch.fromSeq}-${toSeq}` }),
      );
      if (answer.kind !== 'confirmed') return answer;
      this.told = toSeq;
    }
    return answer;
  }

  /** What an activity reports: a step, or nothing when it is no longer wanted. */
  report(actor: Actor, body: CommandBody): void {
    try {
      this.submit(actor, body);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      return;
    }
    void this.tell();
  }
}

const TRIES_MAX = 5;

/**
 * As the relay does: Temporal gives a workflow task up, and the Update with it, when a report comes in at the moment in which the
 * workflow would end.
 */
async function persistently<T>(tell: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tell();
    } catch (error) {
      if (!(error instanceof ServiceError) || tries === TRIES_MAX) throw error;
      await sleep(100);
    }
  }
}

const ROUNDS_MAX = 8;

export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: string;

  constructor(type: string, code: string) {
    super(`${type} is refused: ${code}`);
    this.code = code;
  }
}

function resolve(needs: readonly Need[], known: NeedValues): NeedValues {
  const workingTime = { ...known.workingTime };
  const calendar = CALENDARS['office-2026'];
  if (!calendar) throw new Error('The sample network has an office calendar.');
  for (const need of needs) {
    const extent = need.kind === 'working-time' ? { minutes: need.minutes } : { to: need.to };
    workingTime[need.organisationId] = workingIntervals(calendar, need.from, extent);
  }
  return { ...known, workingTime };
}

export type JobScript = (
  call: Extract<ActivityCall, { name: 'runJob' }>['input'],
  attempt: number,
) => Promise<Record<string, string | number | boolean>>;

const TIMER: Actor = { kind: 'system', name: 'timer' };
const JOB: Actor = { kind: 'system', name: 'job' };

export interface RecorderOptions {
  /** Steps are given beforehand: reports are recorded and have no effect. */
  readonly isPlayback?: boolean;
  readonly job?: JobScript;
}

/** The workflow's activities, recorded at the door of the instance that they are for. */
export function recorders(doors: ReadonlyMap<string, MemoryDoor>, { isPlayback = false, job }: RecorderOptions = {}): InstanceActivities {
  const doorOf = (instanceId: string): MemoryDoor => {
    const door = doors.get(instanceId);
    if (!door) throw new Error(`No test has the instance ${instanceId}.`);
    return door;
  };
  const report = (door: MemoryDoor, actor: Actor, body: CommandBody): void => {
    if (!isPlayback) door.report(actor, body);
  };
  return {
    async fireTimer(input) {
      const door = doorOf(input.instanceId);
      door.calls.push({ name: 'fireTimer', input });
      report(door, TIMER, { type: 'timer.fire', effectId: input.effectId });
    },
    async runJob(input) {
      const { calls } = doorOf(input.instanceId);
      calls.push({ name: 'runJob', input });
      const attempt = calls.filter((call) => call.name === 'runJob' && call.input.effectId === input.effectId).length;
      return { variables: job ? await job(input, attempt) : {} };
    },
    async offerJob(input) {
      doorOf(input.instanceId).calls.push({ name: 'offerJob', input });
    },
    async completeJob(input) {
      const door = doorOf(input.instanceId);
      door.calls.push({ name: 'completeJob', input });
      const { outcome, effectId } = input;
      const { variables } = outcome;
      if (outcome.kind === 'error') report(door, JOB, { type: 'job.throwError', effectId, errorCode: outcome.errorCode, variables });
      else report(door, JOB, { type: 'job.complete', effectId, variables });
    },
    async failJob(input) {
      const door = doorOf(input.instanceId);
      door.calls.push({ name: 'failJob', input });
      report(door, JOB, { type: 'job.fail', effectId: input.effectId, message: input.message, retriesLeft: 0 });
    },
    async seal(input) {
      doorOf(input.instanceId).calls.push({ name: 'seal', input });
    },
  };
}
