/**
 * The two ends of a call (P18). The caller's workflow has its called processes started and cancelled, the called one's tells its caller
 * how it went; each by an activity, through the door. The events of steps say what is due; nothing of it is decided here.
 */
import { CancellationScope, condition, proxyActivities } from '@temporalio/workflow';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { newsForCaller } from '#core/process/called.ts';
import type { Effect } from '#core/process/effect.ts';
import type { EffectId, ProcessEvent } from '#core/process/event.ts';
import type { ProcessState } from '#core/process/state.ts';
import { callSummary } from './details.ts';
import type { CalledActivities, CallerReport } from './messages.ts';

// The door answers in milliseconds; while it or the database is away the report is tried again for as long as it takes.
const REPORTING = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const;
const door = proxyActivities<Pick<CalledActivities, 'cancelChild' | 'tellCaller'>>(REPORTING);

/** A call for each of a thousand hospitals is started in portions: what one workflow task may schedule is bounded (4 MB). */
const STARTS_AT_ONCE_MAX = 50;

type ChildEffect = Extract<Effect, { kind: 'child' }>;

export class Calls {
  readonly #instanceId: string;
  readonly #starting = new Map<EffectId, Promise<void>>();
  readonly #canceled: EffectId[] = [];
  readonly #reports: CallerReport[] = [];
  #telling: Promise<void> = Promise.resolve();
  #underWay = 0;
  #startsUnderWay = 0;

  constructor(instanceId: string) {
    this.#instanceId = instanceId;
  }

  /** Takes note of a step that was applied; what follows from it happens in `tend`, since an Update's handler starts nothing. */
  note(state: ProcessState, events: readonly ProcessEvent[]): void {
    for (const [index, event] of events.entries()) {
      if (event.type === 'child.canceled') this.#canceled.push(event.effectId);
      const news = newsForCaller(state, event);
      if (news) this.#reports.push({ from: this.#instanceId, cause: `${state.seq}:${index}`, ...news });
    }
  }

  /** Also when the instance has ended: its called processes end with it, and its caller goes on. */
  tend(): void {
    for (const effectId of this.#canceled.splice(0)) void this.#let(() => this.#cancel(effectId));
    // One after the other: a caller hears of an escalation before it hears of the end.
    for (const report of this.#reports.splice(0)) {
      const before = this.#telling;
      this.#telling = this.#let(() => before.then(() => door.tellCaller(report)));
    }
  }

  /** Let through even when it is no longer wanted: only then is it known that there is something to cancel. */
  start(effect: ChildEffect, graph: ProcessGraph): Promise<void> {
    const call = { instanceId: this.#instanceId, effectId: effect.id };
    const starter = proxyActivities<Pick<CalledActivities, 'startChild'>>({
      ...REPORTING,
      summary: callSummary(graph, effect, call),
    });
    const started = this.#let(async () => {
      await condition(() => this.#startsUnderWay < STARTS_AT_ONCE_MAX);
      this.#startsUnderWay += 1;
      await starter.startChild(call);
      this.#startsUnderWay -= 1;
    });
    this.#starting.set(effect.id, started);
    return started;
  }

  isDrained(): boolean {
    return this.#underWay === 0 && this.#canceled.length === 0 && this.#reports.length === 0;
  }

  async #cancel(effectId: EffectId): Promise<void> {
    await this.#starting.get(effectId);
    await door.cancelChild({ instanceId: this.#instanceId, effectId });
    this.#starting.delete(effectId);
  }

  async #let(act: () => Promise<void>): Promise<void> {
    this.#underWay += 1;
    try {
      await CancellationScope.nonCancellable(act);
    } finally {
      this.#underWay -= 1;
    }
  }
}
