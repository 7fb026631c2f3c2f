/**
 * Runs processes in memory under a virtual clock: what the engine, the workflow and the world do together, by the same `decide`. Open work
 * gets the results that a script gives, messages and signals find their receivers among the processes of the graph, called processes
 * run as instances of their own, and when nothing else moves the clock jumps to what is due next.
 */
import type { ProcessGraph, SingleEventDefinition } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { JsonObject } from '#core/json.ts';
import { newsForCaller } from './called.ts';
import type { Actor, Caller, Command, CommandBody } from './command.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { effects } from './effects.ts';
import type { ProcessEvent } from './event.ts';
import { evolve } from './evolve.ts';
import { beginningOf, instanceStartsOf, startElementsOf } from './life.ts';
import type { Need, NeedValues } from './need.ts';
import type { Refusal } from './refusal.ts';
import { type EventLine, EventLines } from './simulate-lines.ts';
import type { Script } from './simulate-script.ts';
import { type Waiting, waitingOf } from './simulate-waiting.ts';
import { answerTo, openWork, type WorkItem } from './simulate-work.ts';
import type { ProcessState } from './state.ts';
import { addMs } from './time.ts';
import { type Intervals, unionOf } from './working-time.ts';

export interface SimulationOptions {
  readonly graph: ProcessGraph;
  readonly script?: Script;
  /** Where the virtual clock begins. */
  readonly at?: string;
  readonly zone?: string;
  /** Working intervals for a need; by default every hour works. */
  readonly workingTime?: (need: Need) => Intervals;
  readonly onEvent?: (line: EventLine) => void;
  readonly onStep?: (step: SimulatedStep) => void;
}

/** One command and what it came to; the instances stand as they did right after it. */
export interface SimulatedStep {
  readonly at: string;
  readonly command: CommandBody;
  /** The instance as it was before, which still knows what the command was about. */
  readonly before: ProcessState | null;
  readonly events: readonly ProcessEvent[];
}

export interface SimulatedInstance {
  readonly instanceId: string;
  readonly processId: string;
  state: ProcessState | null;
  /** Set for a called process. */
}

export type SimulationEnd =
  | { readonly status: 'completed' }
  | { readonly status: 'waiting'; readonly waiting: readonly Waiting[] }
  | { readonly status: 'refused'; readonly refusal: Refusal; readonly elementId: string };

/** A Monday morning in Beijing, so that runs are the same every day. */
export const SIMULATION_START = '2026-01-05T01:00:00.000Z';
const EVENTS_MAX = 100_000;
const NEEDS_ROUNDS_MAX = 5;
const SYSTEM: Actor = { kind: 'system', name: 'workflow' };

interface BufferedMessage {
  readonly messageName: string;
  readonly correlationKey?: string;
  readonly variables: JsonObject;
  readonly expires: string;
}

export class Simulation {
  readonly instances = new Map<string, SimulatedInstance>();
  now: string;
  private readonly lines: EventLines;
  private readonly answers = new Map<string, Decision>();
  private readonly outbox: { readonly from: SimulatedInstance; readonly event: ProcessEvent }[] = [];
  private messages: BufferedMessage[] = [];
  private readonly script: Script;
  private readonly done = new Set<string>();
  private readonly activations = new Map<string, number>();
  private readonly firstSeen = new Map<string, { readonly at: string; readonly index: number }>();
  private commands = 0;

  constructor(private readonly options: SimulationOptions) {
    this.now = options.at ?? SIMULATION_START;
    this.script = options.script ?? {};
    this.lines = new EventLines(options.graph, options.onEvent ?? (() => undefined));
  }

  /** Starts one instance; what else follows happens in `run`. */
  start(
    processId: string,
    variables: JsonObject = {},
    how: { startElementId?: string; definition?: number; calledBy?: Caller } = {},
  ): Decision {
    const instanceId = `${processId}-${this.instances.size + 1}`;
    const startElementId = how.startElementId ?? this.onlyWayIn(processId);
    const instance: SimulatedInstance = { instanceId, processId, state: null };
    this.instances.set(instanceId, instance);
    const answer = this.submit(instanceId, {
      type: 'start',
      instanceId,
      processId,
      variables,
      ...(startElementId === undefined ? {} : { startElementId }),
      ...(how.definition === undefined ? {} : { definition: how.definition }),
      ...(how.calledBy ? { calledBy: how.calledBy } : {}),
    });
    if (answer.kind !== 'accepted') this.instances.delete(instanceId);
    return answer;
  }

  /** As the door does: needs are resolved, a command that comes twice has one effect and one answer. */
  submit(
    instanceId: string,
    body: CommandBody,
    head: { readonly id?: string; readonly actor?: Actor; readonly at?: string } = {},
  ): Decision {
    const instance = this.instances.get(instanceId);
    if (!instance) throw new Error(`There is no instance ${instanceId}.`);
    this.commands += 1;
    if (head.at !== undefined && head.at > this.now) this.now = head.at;
    const actor = head.actor ?? SYSTEM;
    const id = head.id ?? `command-${this.commands}`;
    const answerKey = `${instanceId} ${actor.kind === 'person' ? actor.personId : actor.name} ${id}`;
    const known = this.answers.get(answerKey);
    if (known) return known;
    const answer = this.decideWithNeeds(instance, { ...body, id, actor, at: this.now, zone: this.options.zone ?? 'Asia/Shanghai' });
    this.answers.set(answerKey, answer);
    if (answer.kind === 'accepted') this.take(instance, body, answer.events);
    return answer;
  }

  /** Goes on until everything has ended, or waits for what cannot come. */
  run(): SimulationEnd {
    for (;;) {
      if (this.lines.count > EVENTS_MAX) return this.stuck(`nothing: it made more than ${EVENTS_MAX} events and seems to be endless`);
      if (this.deliverNews()) continue;
      const item = this.nextWork();
      const timer = this.nextTimer();
      if (item && (!timer || item.readyAt <= timer.due)) {
        const refusal = this.doWork(item);
        if (refusal) return { status: 'refused', refusal, elementId: item.elementId };
      } else if (timer) {
        if (timer.due > this.now) this.now = timer.due;
        this.submit(timer.instanceId, { type: 'timer.fire', effectId: timer.effectId });
      } else {
        const waiting = this.waiting();
        return waiting.length === 0 ? { status: 'completed' } : { status: 'waiting', waiting };
      }
    }
  }

  private decideWithNeeds(instance: SimulatedInstance, command: Command): Decision {
    let needs: NeedValues | undefined;
    for (let round = 0; round < NEEDS_ROUNDS_MAX; round += 1) {
      const answer = decide(this.options.graph, instance.state, needs ? { ...command, needs } : command);
      if (answer.kind !== 'needs') return answer;
      needs = this.resolve(answer.needs);
    }
    throw new Error(`The needs of ${command.type} are not met after ${NEEDS_ROUNDS_MAX} rounds.`);
  }

  private resolve(needs: readonly Need[]): NeedValues {
    const workingTime: Record<string, Intervals> = {};
    for (const need of needs) {
      const intervals = this.options.workingTime?.(need) ?? [everyHour(need)];
      // Two questions about one organisation may overlap; what is said twice counts once.
      workingTime[need.organisationId] = unionOf([...(workingTime[need.organisationId] ?? []), ...intervals]);
    }
    return { workingTime };
  }

  private take(instance: SimulatedInstance, command: CommandBody, events: readonly ProcessEvent[]): void {
    const before = instance.state;
    const seq = (before?.seq ?? 0) + 1;
    instance.state = evolve(this.options.graph, instance.state, { seq, at: this.now, events });
    for (const event of events) {
      this.lines.write(instance, event, this.now);
      this.outbox.push({ from: instance, event });
    }
    this.options.onStep?.({ at: this.now, command, before, events });
  }

  /** Everything that instances told the world since the last look. True if anything came of it. */
  private deliverNews(): boolean {
    const news = this.outbox.splice(0);
    for (const { from, event } of news) {
      if (event.type === 'signal.thrown') this.broadcast(event.signalName, event.variables);
      else if (event.type === 'message.thrown') this.buffer(event);
      else if (event.type === 'child.wanted') this.startChild(from, event);
      else if (event.type === 'child.canceled') this.cancelChild(from, event.effectId);
      else this.tellCaller(from, event);
    }
    this.messages = this.messages.filter(({ expires }) => expires >= this.now);
    const isDelivered = this.messages.some((message) => this.deliver(message));
    return isDelivered || this.outbox.length > 0;
  }

  private buffer(event: Extract<ProcessEvent, { type: 'message.thrown' }>): void {
    const { messageName, correlationKey, variables, timeToLiveMs } = event;
    this.messages.push({
      messageName,
      variables,
      expires: addMs(this.now, timeToLiveMs),
      ...(correlationKey === undefined ? {} : { correlationKey }),
    });
  }

  private deliver(message: BufferedMessage): boolean {
    const { messageName, correlationKey, variables } = message;
    const receiver = [...this.instances.values()].find(({ state }) =>
      Object.values(state?.subscriptions ?? {}).some(
        (subscription) =>
          subscription.kind === 'message' &&
          subscription.name === messageName &&
          subscription.correlationKey === correlationKey &&
          // What a person sends by a button comes from nobody else.
          subscription.actionCode === undefined,
      ),
    );
    const key = correlationKey === undefined ? {} : { correlationKey };
    if (receiver) this.submit(receiver.instanceId, { type: 'message.deliver', messageName, variables, ...key });
    else if (!this.startBy('message', messageName, variables)) return false;
    this.messages = this.messages.filter((other) => other !== message);
    return true;
  }

  private broadcast(signalName: string, variables: JsonObject): void {
    for (const { instanceId, state } of [...this.instances.values()]) {
      const listens = Object.values(state?.subscriptions ?? {}).some(({ kind, name }) => kind === 'signal' && name === signalName);
      if (listens) this.submit(instanceId, { type: 'signal.deliver', signalName, variables });
    }
    this.startBy('signal', signalName, variables);
  }

  /** Starts every process that waits for such news. */
  private startBy(kind: 'message' | 'signal', name: string, variables: JsonObject): boolean {
    const starts = Object.keys(this.options.graph.processes).flatMap((processId) =>
      instanceStartsOf(this.options.graph, processId)
        .filter(({ event }) => event.kind === kind && this.nameOf(event) === name)
        .map((start) => ({ processId, ...start })),
    );
    for (const { processId, elementId, definition } of starts) {
      this.start(processId, variables, { startElementId: elementId, ...(definition === undefined ? {} : { definition }) });
    }
    return starts.length > 0;
  }

  private nameOf(event: SingleEventDefinition): unknown {
    const source = event.kind === 'message' ? event.messageName : event.kind === 'signal' ? event.signalName : 'null';
    const result = evaluateFeel(source, {}, { at: this.now, zone: 'UTC' });
    return result.ok ? result.value : null;
  }

  private startChild(from: SimulatedInstance, event: Extract<ProcessEvent, { type: 'child.wanted' }>): void {
    if (!this.options.graph.processes[event.calledProcessId]) return;
    this.start(event.calledProcessId, event.variables, { calledBy: { instanceId: from.instanceId, effectId: event.effectId } });
  }

  private cancelChild(from: SimulatedInstance, effectId: string): void {
    for (const { instanceId, state } of this.instances.values()) {
      const caller = state?.calledBy;
      if (caller?.instanceId !== from.instanceId || caller.effectId !== effectId || state?.status !== 'active') continue;
      this.submit(instanceId, { type: 'instance.cancel', reason: 'The calling activity was ended.' });
    }
  }

  private tellCaller({ state }: SimulatedInstance, event: ProcessEvent): void {
    const news = state && newsForCaller(state, event);
    if (!news || !this.instances.get(news.to.instanceId)?.state?.children[news.to.effectId]) return;
    this.submit(news.to.instanceId, news.body);
  }

  /** Without a none start event a process can still be begun by hand at its first one. */
  private onlyWayIn(processId: string): string | undefined {
    if (beginningOf(this.options.graph, processId)) return undefined;
    return startElementsOf(this.options.graph, processId)[0]?.id;
  }

  /** The work that is ready first; of what is ready at once, the oldest. */
  private nextWork(): WorkItem | undefined {
    const items: WorkItem[] = [];
    for (const instance of this.instances.values()) {
      for (const open of openWork(instance, this.options.graph, this.script)) {
        const id = `${instance.instanceId} ${open.id}`;
        if (this.done.has(id)) continue;
        const seen = this.firstSeen.get(id) ?? { at: this.now, index: this.nextActivation(open.elementId) };
        this.firstSeen.set(id, seen);
        const item = answerTo(open, this.script, seen);
        if (item) items.push(item);
      }
    }
    return items.reduce<WorkItem | undefined>((first, item) => (first && first.readyAt <= item.readyAt ? first : item), undefined);
  }

  private nextActivation(elementId: string): number {
    const index = this.activations.get(elementId) ?? 0;
    this.activations.set(elementId, index + 1);
    return index;
  }

  private doWork(item: WorkItem): Refusal | null {
    if (item.readyAt > this.now) this.now = item.readyAt;
    this.done.add(`${item.instanceId} ${item.id}`);
    for (const { body, actor } of item.commands) {
      const answer = this.submit(item.instanceId, body, { actor });
      if (answer.kind === 'refused') return answer.refusal;
    }
    return null;
  }

  private nextTimer(): { instanceId: string; effectId: string; due: string } | undefined {
    let first: { instanceId: string; effectId: string; due: string } | undefined;
    for (const { instanceId, state } of this.instances.values()) {
      if (!state) continue;
      for (const effect of effects(this.options.graph, state)) {
        if (effect.kind === 'timer' && (!first || effect.due < first.due)) first = { instanceId, effectId: effect.id, due: effect.due };
      }
    }
    return first;
  }

  private stuck(reason: string): SimulationEnd {
    const waiting = [...this.instances.values()].filter(({ state }) => state?.status === 'active');
    return {
      status: 'waiting',
      waiting: waiting.map(({ instanceId, processId }) => ({ instanceId, processId, elementId: processId, for: reason })),
    };
  }

  private waiting(): readonly Waiting[] {
    return [...this.instances.values()].flatMap((instance) => waitingOf(instance, this.options.graph));
  }
}

function everyHour(need: Need): readonly [string, string] {
  return need.kind === 'worked-time' ? [need.from, need.to] : [need.from, addMs(need.from, need.minutes * 60_000 + 60_000)];
}
