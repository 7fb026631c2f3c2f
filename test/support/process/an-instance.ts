/** One instance driven by commands, for tests: keeps its state, checks the invariants after every step. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { Actor, CommandBody } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import type { Decision } from '#core/process/decision.ts';
import { effects } from '#core/process/effects.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { evolve } from '#core/process/evolve.ts';
import { violations } from '#core/process/invariants.ts';
import type { NeedValues } from '#core/process/need.ts';
import type { ProcessState, TaskState } from '#core/process/state.ts';
import { addMs } from '#core/process/time.ts';

export const person = (personId: string, ...principals: readonly string[]): Actor => ({
  kind: 'person',
  personId,
  organisationId: 'o1',
  principals: [`person:${personId}`, ...principals],
});

export const SYSTEM: Actor = { kind: 'system', name: 'workflow' };
/** A member of the team that `userTask` names. */
export const ANNA = person('anna', 'team:t');
export const BEN = person('ben', 'team:t');

export class Instance {
  private current: ProcessState | null = null;
  readonly events: ProcessEvent[] = [];
  at = '2026-01-05T01:00:00.000Z';

  constructor(readonly graph: ProcessGraph) {}

  /** One that stands somewhere already, for instance after it was migrated. */
  static at(graph: ProcessGraph, state: ProcessState): Instance {
    const instance = new Instance(graph);
    instance.current = state;
    instance.at = state.at;
    return instance;
  }

  get state(): ProcessState {
    if (!this.current) throw new Error('The instance has not started.');
    return this.current;
  }

  send(body: CommandBody, actor: Actor = SYSTEM, needs?: NeedValues): Decision {
    const command = { ...body, id: `c${this.events.length}`, at: this.at, zone: 'Asia/Shanghai', actor, ...(needs ? { needs } : {}) };
    const answer = decide(this.graph, this.current, command);
    if (answer.kind !== 'accepted') return answer;
    const seq = (this.current?.seq ?? 0) + 1;
    this.current = evolve(this.graph, this.current, { seq, at: this.at, events: answer.events });
    this.events.push(...answer.events);
    const broken = violations(this.graph, this.current);
    if (broken.length > 0) throw new Error(`After ${body.type}: ${broken.join(' ')}`);
    return answer;
  }

  /** As `send`, and the command must be accepted. */
  do(body: CommandBody, actor: Actor = SYSTEM, needs?: NeedValues): readonly ProcessEvent[] {
    const answer = this.send(body, actor, needs);
    if (answer.kind !== 'accepted') throw new Error(`${body.type}: ${JSON.stringify(answer)}`);
    return answer.events;
  }

  start(variables: JsonObject = {}, actor: Actor = SYSTEM, needs?: NeedValues): this {
    this.do({ type: 'start', instanceId: 'i', processId: 'p', variables }, actor, needs);
    return this;
  }

  /** The refusal's code of a command that must be refused. */
  refused(body: CommandBody, actor: Actor = SYSTEM): string {
    const answer = this.send(body, actor);
    if (answer.kind !== 'refused') throw new Error(`${body.type} was not refused: ${answer.kind}.`);
    return answer.refusal.code;
  }

  task(elementId: string): TaskState {
    const task = Object.values(this.state.tasks).find((candidate) => candidate.elementId === elementId);
    if (!task) throw new Error(`No task is open at ${elementId}; open are ${this.openTasks().join(', ') || 'none'}.`);
    return task;
  }

  openTasks = (): readonly string[] => Object.values(this.state.tasks).map(({ elementId }) => elementId);

  claim(elementId: string, actor: Actor = ANNA): this {
    this.do({ type: 'task.claim', taskId: this.task(elementId).taskId }, actor);
    return this;
  }

  /** By the system, or claimed and completed by a person. */
  complete(
    elementId: string,
    given: { outcome?: string; reason?: string; reasonCode?: string; facts?: JsonObject } = {},
    actor?: Actor,
  ): this {
    const { taskId, assignee } = this.task(elementId);
    if (actor?.kind === 'person' && assignee !== actor.personId) this.do({ type: 'task.claim', taskId }, actor);
    this.do({ type: 'task.complete', taskId, facts: {}, ...given }, actor);
    return this;
  }

  later(ms: number): this {
    this.at = addMs(this.at, ms);
    return this;
  }

  /** Fires what is due first. */
  fireNext(): this {
    const next = effects(this.graph, this.state).find(({ kind }) => kind === 'timer');
    if (next?.kind !== 'timer') throw new Error('No timer runs.');
    if (next.due > this.at) this.at = next.due;
    this.do({ type: 'timer.fire', effectId: next.id }, { kind: 'system', name: 'timer' });
    return this;
  }

  get variables(): JsonObject {
    return this.state.elements[1]?.variables ?? {};
  }

  incident(): { readonly code: string; readonly incidentId: string; readonly elementId: string } {
    const [incident] = Object.values(this.state.incidents);
    if (!incident) throw new Error('There is no incident.');
    return incident;
  }
}

/** Every hour works. */
export const needsFor = (organisationId: string): NeedValues => ({
  workingTime: { [organisationId]: [['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']] },
});
