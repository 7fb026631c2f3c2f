/**
 * Plays a diagram through door, relay, matcher and Temporal by the same script as `simulate` does in memory. The world's part is played
 * here: people's tasks, messages from outside, and the answers of jobs, which the worker waits for. Everything else is the product's own.
 *
 * Time: the diagrams wait for hours. What is due by the machine's clock Temporal fires itself. What is due later is reported, when nothing
 * else is left to do, by the very activity that Temporal's timer would call; its step then stands at the due time, and the timer that
 * the workflow had armed is cancelled.
 */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import { createActivities } from '#activities/index.ts';
import { BpmnError, type Job, JobError, type JobHandler, type JobHandlers } from '#activities/jobs/jobs.ts';
import { offerTo } from '#activities/jobs/offer.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import { childIdOf } from '#core/process/called.ts';
import type { CommandBody } from '#core/process/command.ts';
import { effects } from '#core/process/effects.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { beginningOf, startElementsOf } from '#core/process/life.ts';
import type { SimulatedInstance } from '#core/process/simulate.ts';
import type { Script } from '#core/process/simulate-script.ts';
import { answerTo, openWork, type WorkItem } from '#core/process/simulate-work.ts';
import type { ProcessState } from '#core/process/state.ts';
import { CONTEXT_VARIABLES } from '#engine/beginnings.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { deployGraph } from './deploy-graph.ts';
import type { Shell } from './shell.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

type JobAnswer = Extract<CommandBody, { readonly type: 'job.complete' | 'job.fail' | 'job.throwError' }>;

/** Jobs of any type: the worker runs them, and the script says what they come to. */
export class ScriptedJobs {
  readonly #asked = new Map<string, { readonly answer: Promise<JobAnswer>; readonly give: (answer: JobAnswer) => void }>();
  readonly handlers: JobHandlers = new Proxy<Record<string, JobHandler>>(
    {},
    {
      get: () => this.#run,
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: this.#run }),
    },
  );

  give(instanceId: string, answer: JobAnswer): void {
    this.#of(instanceId, answer.effectId).give(answer);
  }

  readonly #run: JobHandler = async ({ instanceId, effectId }: Job) => {
    const answer = await this.#of(instanceId, effectId).answer;
    if (answer.type === 'job.throwError') throw new BpmnError(answer.errorCode, answer.variables);
    if (answer.type === 'job.fail') throw new JobError(answer.message, { isFinal: true });
    return answer.variables;
  };

  #of(instanceId: string, effectId: string) {
    const id = `${instanceId} ${effectId}`;
    const known = this.#asked.get(id);
    if (known) return known;
    let give: (answer: JobAnswer) => void = () => undefined;
    const answer = new Promise<JobAnswer>((resolve) => {
      give = resolve;
    });
    const asked = { answer, give };
    this.#asked.set(id, asked);
    return asked;
  }
}

export interface ThroughOptions {
  readonly world: World;
  readonly shell: Shell;
  readonly jobs: ScriptedJobs;
  readonly graph: ProcessGraph;
  readonly script: Script;
}

export interface PlayedInstance {
  readonly instanceId: string;
  readonly processId: string;
  readonly state: ProcessState;
  readonly events: readonly ProcessEvent[];
}

export class Through {
  readonly #options: ThroughOptions;
  readonly #activities: ReturnType<typeof createActivities>;
  readonly #done = new Set<string>();
  readonly #activations = new Map<string, number>();
  readonly #firstSeen = new Map<string, { readonly at: string; readonly index: number }>();
  #now = '';

  constructor(options: ThroughOptions) {
    this.#options = options;
    this.#activities = createActivities({ door: options.world.door, jobs: {}, offerJob: offerTo(options.world.db) });
  }

  async deploy(): Promise<void> {
    await deployGraph(this.#options.world, this.#options.graph);
  }

  /** So that what other diagrams throw reaches nothing of this one, and what this one threw nothing of theirs. */
  async retire(): Promise<void> {
    const { world } = this.#options;
    const body = { type: 'instance.cancel', reason: '试验' } as const;
    for (const { instanceId, state } of await this.#instances()) {
      if (state?.status !== 'active') continue;
      const actor = { kind: 'system', name: 'workflow' } as const;
      await world.door.submit({ instanceId, commandId: randomUUID(), actor, asked: body, prepare: () => ({ kind: 'ready', body }) });
    }
    await world.asOwner('delete from message where consumed_at is null');
    await world.asOwner('update deployment set is_current = false where service_key = $1', [this.#options.graph.key]);
  }

  /** Without a none start event a process can still be begun by hand at its first one, as `simulate` does. */
  async start(processId: string, variables: JsonObject): Promise<string> {
    const { graph, shell } = this.#options;
    const [first] = startElementsOf(graph, processId);
    const only = beginningOf(graph, processId) || !first ? {} : { startElementId: first.id };
    const instanceId = await shell.begin(graph.key, variables, { processId, ...only });
    await this.#quiet();
    return instanceId;
  }

  /** Goes on until everything has ended, or waits for what the script does not bring. */
  async run(): Promise<readonly PlayedInstance[]> {
    for (;;) {
      await this.#quiet();
      const instances = await this.#instances();
      const item = this.#nextWork(instances);
      const timer = this.#nextTimer(instances);
      if (item && (!timer || item.readyAt <= timer.due)) await this.#do(item);
      else if (timer) await this.#activities.fireTimer(timer);
      else return this.#played(instances);
    }
  }

  async #played(instances: readonly SimulatedInstance[]): Promise<readonly PlayedInstance[]> {
    return Promise.all(
      instances.map(async ({ instanceId, processId, state }) => {
        if (!state) throw new Error(`${instanceId} has no state.`);
        const steps = await this.#options.world.journal(instanceId);
        return { instanceId, processId, state, events: steps.flatMap((step) => step.opened.events) };
      }),
    );
  }

  async #instances(): Promise<readonly SimulatedInstance[]> {
    const { world, graph } = this.#options;
    const rows = await world.asOwner<{ id: string; last_at: Date }>(
      'select id, last_at from instance where service_key = $1 order by created_at, id',
      [graph.key],
    );
    for (const { last_at } of rows) if (last_at.toISOString() > this.#now) this.#now = last_at.toISOString();
    return Promise.all(
      rows.map(async ({ id }) => {
        const state = await world.state(id);
        return { instanceId: id, processId: state.processId, state };
      }),
    );
  }

  /** The work that is ready first; of what is ready at once, the oldest. */
  #nextWork(instances: readonly SimulatedInstance[]): WorkItem | undefined {
    const { graph, script } = this.#options;
    const items = instances.flatMap((instance) =>
      openWork(instance, graph, script).flatMap((open) => {
        const id = `${instance.instanceId} ${open.id}`;
        if (this.#done.has(id)) return [];
        const seen = this.#firstSeen.get(id) ?? { at: this.#now, index: this.#nextActivation(open.elementId) };
        this.#firstSeen.set(id, seen);
        return answerTo(open, script, seen) ?? [];
      }),
    );
    return items.reduce<WorkItem | undefined>((first, item) => (first && first.readyAt <= item.readyAt ? first : item), undefined);
  }

  #nextActivation(elementId: string): number {
    const index = this.#activations.get(elementId) ?? 0;
    this.#activations.set(elementId, index + 1);
    return index;
  }

  #nextTimer(
    instances: readonly SimulatedInstance[],
  ): { readonly instanceId: string; readonly effectId: string; readonly due: string } | null {
    const timers = instances.flatMap(({ instanceId, state }) =>
      state === null
        ? []
        : effects(this.#options.graph, state).flatMap((effect) =>
            effect.kind === 'timer' ? [{ instanceId, effectId: effect.id, due: effect.due }] : [],
          ),
    );
    return timers.reduce<(typeof timers)[number] | null>((first, timer) => (first && first.due <= timer.due ? first : timer), null);
  }

  async #do(item: WorkItem): Promise<void> {
    const { world, jobs } = this.#options;
    const { instanceId } = item;
    if (item.readyAt > this.#now) this.#now = item.readyAt;
    this.#done.add(`${instanceId} ${item.id}`);
    for (const [index, { body, actor }] of item.commands.entries()) {
      if (body.type === 'job.complete' || body.type === 'job.fail' || body.type === 'job.throwError') {
        jobs.give(instanceId, body);
        continue;
      }
      const result = await world.door.submit({
        instanceId,
        commandId: commandIdOf(instanceId, item.id, index),
        actor,
        asked: JSON.parse(JSON.stringify(body)) as unknown,
        prepare: () => ({ kind: 'ready', body }),
      });
      if (result.kind !== 'accepted') throw new Error(`${item.elementId}: ${body.type} is answered ${JSON.stringify(result)}`);
    }
  }

  /** Waits until nothing moves by itself: told, sealed where ended, nothing on its way between instances, nothing due. */
  async #quiet(): Promise<void> {
    const { world } = this.#options;
    await until('nothing moves', async () => {
      // Claims and the like ride along for a while; not here.
      await world.asOwner('update relay set due_at = least(due_at, now()) where confirmed_seq < last_seq');
      const before = await this.#position();
      const isQuiet = !(await this.#isUnderWay()) && (await this.#instances()).every((instance) => this.#waitsForUs(instance));
      if (!isQuiet || !(await this.#isIdleInTemporal())) return false;
      return before === (await this.#position());
    });
  }

  async #position(): Promise<string> {
    const [row] = await this.#options.world.asOwner<{ position: string }>(
      `select count(*) || ' ' || coalesce(sum(last_seq), 0) as position from instance where service_key = $1`,
      [this.#options.graph.key],
    );
    return row?.position ?? '';
  }

  async #isUnderWay(): Promise<boolean> {
    const [row] = await this.#options.world.asOwner<{ busy: boolean }>(
      `select exists (select 1 from relay r join instance i on i.id = r.instance_id where i.service_key = $1 and (r.confirmed_seq < r.last_seq or i.ended_at is not null))
        or exists (select 1 from message m where m.consumed_at is null and (not m.is_passed_over or m.lease_until > clock_timestamp()
          or exists (select 1 from subscription s where s.match = m.match)))
        or exists (select 1 from signal where body is not null and not is_started) or exists (select 1 from signal_delivery) as busy`,
      [this.#options.graph.key],
    );
    return row?.busy ?? true;
  }

  /** What is due Temporal fires; what is answered or called comes back by itself. */
  #waitsForUs({ instanceId, state }: SimulatedInstance): boolean {
    if (state?.status !== 'active') return true;
    const isDue = effects(this.#options.graph, state).some((effect) => effect.kind === 'timer' && effect.due <= new Date().toISOString());
    const isAnswered = Object.keys(state.jobs).some((effectId) => this.#done.has(`${instanceId} job ${effectId}`));
    return !isDue && !isAnswered;
  }

  /** No activity is under way but jobs, which wait for the script; every called process that is wanted is there. */
  async #isIdleInTemporal(): Promise<boolean> {
    const { world, shell } = this.#options;
    for (const { instanceId, state } of await this.#instances()) {
      if (state?.status !== 'active') continue;
      const described = await shell.temporal.client.workflow
        .getHandle(instanceId)
        .describe()
        .catch((error: unknown) => {
          // Its first step has not been told yet.
          if (error instanceof WorkflowNotFoundError) return null;
          throw error;
        });
      if (!described) return false;
      const others = (described.raw.pendingActivities ?? []).filter(({ activityType }) => activityType?.name !== 'runJob');
      if (others.length > 0) return false;
      for (const effectId of Object.keys(state.children)) {
        const [child] = await world.asOwner<{ status: string }>('select status from instance where id = $1', [
          childIdOf({ instanceId, effectId }),
        ]);
        if (child?.status !== 'active') return false;
      }
    }
    return true;
  }
}

/** The variables of an instance without where it belongs, which `simulate` does not know. */
export const ownVariables = (state: ProcessState): JsonObject =>
  Object.fromEntries(Object.entries(state.elements[1]?.variables ?? {}).filter(([name]) => !CONTEXT.has(name)));

const CONTEXT: ReadonlySet<string> = new Set(CONTEXT_VARIABLES);
