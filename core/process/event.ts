/**
 * What happened. Events carry all that `evolve` needs, so a state is a fold over them and nothing else. Names follow the field:
 * Zeebe's life cycle for elements, WS-HumanTask for tasks.
 */
import type { ElementType, Phase } from '#core/bpmn/graph.ts';
import type { FiredRuleJson } from '#core/decision/evaluate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { Caller, Principal, SubmissionReference } from './command.ts';
import type { HeldCommand } from './state.ts';

/** Key of one activation of an element; unique in the instance, ascending, never used twice. */
export type ElementKey = number;
/** `<step>:<index>` of the event that wanted the effect; unique in the instance (P14). */
export type EffectId = string;

/** Which of the definitions of a multiple event; absent where there is one. */
export type DefinitionIndex = number;

export type ProcessEvent =
  | {
      readonly type: 'process.started';
      readonly processId: string;
      readonly key: ElementKey;
      readonly instanceId: string;
      readonly startElementId: string;
      readonly variables: JsonObject;
      readonly starter?: string;
      readonly submission?: SubmissionReference;
      readonly calledBy?: Caller;
    }
  | { readonly type: 'process.completed'; readonly processId: string; readonly key: ElementKey; readonly result: string }
  | {
      readonly type: 'process.terminated';
      readonly processId: string;
      readonly key: ElementKey;
      readonly result: string;
      readonly reason?: string;
      /** An error that a called process did not catch, for its caller. */
      readonly errorCode?: string;
      readonly variables?: JsonObject;
    }
  | { readonly type: 'instance.suspended'; readonly by: string; readonly reason: string; readonly withInstanceId?: string }
  | { readonly type: 'instance.resumed'; readonly by: string; readonly reason?: string }
  | { readonly type: 'instance.modified'; readonly by: string; readonly reason: string }
  /** From the next step on it is decided by the graph of `graphHash`. */
  | {
      readonly type: 'instance.migrated';
      readonly by: string;
      readonly reason: string;
      readonly fromGraphHash: string;
      readonly graphHash: string;
      readonly version: number;
      readonly elements: Readonly<Record<string, string>>;
      readonly flows: Readonly<Record<string, string>>;
    }
  /** News for a suspended instance: decided when it is resumed. */
  | { readonly type: 'command.held'; readonly command: HeldCommand }
  | (ElementEvent<'element.activated'> & {
      readonly elementType: ElementType;
      readonly scopeKey: ElementKey;
      /** The sequence flow whose token it took; absent where none led here (boundary, link, first element of a scope, join). */
      readonly flowId?: string;
      /** Which instance of a multi-instance activity, from 1. */
      readonly loopIndex?: number;
      readonly local?: JsonObject;
      readonly multiInstance?: { readonly items: readonly Json[] };
      /** Set where it runs to undo something: the compensation it belongs to. */
      readonly compensates?: EffectId;
    })
  | (ElementEvent<'element.completed'> & {
      readonly elementType: ElementType;
      /** What one instance of a multi-instance activity gives to the output collection. */
      readonly output?: Json;
    })
  | (ElementEvent<'element.terminated'> & {
      readonly elementType: ElementType;
      /** What was completed in it can still be compensated, from the scope around it. */
      readonly keepsCompensable?: true;
    })
  | { readonly type: 'flow.taken'; readonly flowId: string; readonly scopeKey: ElementKey }
  /** Tokens that a joining gateway, or a terminate end event, consumed. */
  | { readonly type: 'flow.joined'; readonly elementId: string; readonly scopeKey: ElementKey; readonly flowIds: readonly string[] }
  /** A complex gateway has been activated and waits for the tokens that may still come (BPMN 2.0, 13.4.5). */
  | { readonly type: 'gateway.activated'; readonly elementId: string; readonly scopeKey: ElementKey; readonly flowIds: readonly string[] }
  | { readonly type: 'gateway.reset'; readonly elementId: string; readonly scopeKey: ElementKey }
  /** An ad-hoc sub-process knows what to begin with, in this order. */
  | (ElementEvent<'adHoc.planned'> & { readonly elementIds: readonly string[] })
  /** Its completion condition holds: nothing more begins. */
  | ElementEvent<'adHoc.satisfied'>
  | { readonly type: 'phase.entered'; readonly phase: Phase }
  | { readonly type: 'variables.set'; readonly scopeKey: ElementKey; readonly values: JsonObject }
  | (TaskEvent<'task.created'> & {
      readonly candidates: readonly Principal[];
      readonly assignee?: string;
      /** Persons who may not act here, because they completed an element named in `notSameAs`. */
      readonly excluded: readonly string[];
      readonly priority: number;
      readonly followUp?: string;
      readonly deadline?: TaskDeadline;
    })
  | (TaskEvent<'task.claimed'> & { readonly personId: string })
  | (TaskEvent<'task.released'> & { readonly personId: string })
  | (TaskEvent<'task.assigned'> & { readonly personId: string; readonly by: string; readonly reason?: string })
  | (TaskEvent<'task.urged'> & { readonly by: string })
  | (TaskEvent<'task.reminded'> & { readonly effectId: EffectId; readonly percent: number })
  | (TaskEvent<'task.overdue'> & { readonly effectId: EffectId; readonly escalatedTo: readonly Principal[] })
  /** Back to an earlier step. Its tokens, tasks and compensations follow as events of their own. */
  | (TaskEvent<'task.returned'> & {
      readonly by: string;
      readonly toElementId: string;
      readonly reason: string;
      /** The scope in which that step stands: in a loop, only what was done in this one of its instances is undone. */
      readonly scopeKey: ElementKey;
      /** Elements, at any depth, that were alive or had been completed by persons; the answers given there no longer hold. */
      readonly undone: readonly string[];
      /** What the loop owes again. */
      readonly phases?: readonly Phase[];
      readonly sides?: readonly ('executor' | 'applicant')[];
    })
  | (TaskEvent<'task.completed'> & {
      readonly by?: string;
      readonly outcome?: string;
      readonly reasonCode?: string;
      readonly reason?: string;
      readonly submission?: SubmissionReference;
      /** Milliseconds of the deadline's clock already spent, to be carried into the next activation. */
      readonly carriedMs?: number;
    })
  | TaskEvent<'task.canceled'>
  /** Its clock goes on after a suspension, or it has another time by now: `spentMs` of its time were spent before. */
  | (TaskEvent<'task.rescheduled'> & { readonly deadline: TaskDeadline; readonly spentMs: number })
  | (ElementEvent<'timer.scheduled'> & {
      readonly effectId: EffectId;
      readonly due: string /** The element the timer leads to when it fires (boundary event or event after a gateway). */;
      readonly targetId: string;
      readonly repetitionsLeft?: number;
      readonly definition?: DefinitionIndex;
    })
  | (ElementEvent<'timer.fired'> & { readonly effectId: EffectId })
  | (ElementEvent<'timer.canceled'> & { readonly effectId: EffectId })
  | (ElementEvent<'message.subscribed'> & {
      readonly effectId: EffectId;
      readonly targetId: string;
      readonly messageName: string;
      readonly correlationKey?: string;
      readonly senders?: readonly Principal[];
      readonly actionCode?: string;
      readonly definition?: DefinitionIndex;
    })
  | (ElementEvent<'message.correlated'> & {
      readonly effectId: EffectId;
      readonly by?: string;
      readonly reasonCode?: string;
      readonly reason?: string;
      readonly variables: JsonObject;
    })
  | (ElementEvent<'message.unsubscribed'> & { readonly effectId: EffectId })
  | (ElementEvent<'message.thrown'> & {
      readonly messageName: string;
      readonly correlationKey?: string;
      readonly timeToLiveMs: number;
      readonly variables: JsonObject;
    })
  | (ElementEvent<'signal.subscribed'> & {
      readonly effectId: EffectId;
      readonly targetId: string;
      readonly signalName: string;
      readonly definition?: DefinitionIndex;
    })
  | (ElementEvent<'signal.received'> & { readonly effectId: EffectId; readonly variables: JsonObject })
  | (ElementEvent<'signal.unsubscribed'> & { readonly effectId: EffectId })
  | (ElementEvent<'signal.thrown'> & { readonly signalName: string; readonly variables: JsonObject })
  | (ElementEvent<'condition.subscribed'> & {
      readonly effectId: EffectId;
      readonly targetId: string;
      readonly condition: string;
      readonly definition?: DefinitionIndex;
    })
  /** The condition has become true, or is no longer. */
  | (ElementEvent<'condition.changed'> & { readonly effectId: EffectId; readonly holds: boolean })
  | (ElementEvent<'condition.unsubscribed'> & { readonly effectId: EffectId })
  | (ElementEvent<'job.created'> & {
      readonly effectId: EffectId;
      readonly jobType: string;
      readonly retries: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly variables: JsonObject;
      /** Set where a failed job is held back: nobody is given it before. */
      readonly notBefore?: string;
    })
  | (ElementEvent<'job.completed'> & { readonly effectId: EffectId; readonly variables: JsonObject })
  | (ElementEvent<'job.failed'> & { readonly effectId: EffectId; readonly message: string; readonly retriesLeft: number })
  | (ElementEvent<'job.canceled'> & { readonly effectId: EffectId })
  /** A result that came after its job was no longer wanted (P15). */
  | { readonly type: 'job.late'; readonly effectId: EffectId }
  | (ElementEvent<'child.wanted'> & { readonly effectId: EffectId; readonly calledProcessId: string; readonly variables: JsonObject })
  | (ElementEvent<'child.completed'> & { readonly effectId: EffectId; readonly variables: JsonObject })
  | (ElementEvent<'child.canceled'> & { readonly effectId: EffectId })
  | (ElementEvent<'decision.evaluated'> & {
      readonly decisionId: string;
      readonly result: Json;
      readonly matchedRuleIds: readonly string[];
      /** Every rule that was used, also of required decisions, with the values that it matched. Absent before graphs asked for it. */
      readonly fired?: readonly FiredRuleJson[];
    })
  | (ElementEvent<'error.thrown'> & { readonly errorCode: string; readonly caughtById?: string })
  /** Without `caughtById` nobody listens: in a called process the caller may. */
  | (ElementEvent<'escalation.thrown'> & {
      readonly escalationCode: string;
      readonly caughtById?: string;
      readonly variables: JsonObject;
    })
  /** What was completed in the scope is undone, the last first; `waits`: whoever threw it goes on when that is done. */
  | (ElementEvent<'compensation.thrown'> & {
      readonly effectId: EffectId;
      readonly scopeKey: ElementKey;
      readonly activityId?: string;
      /** Of several activities: those behind the step that was returned to. */
      readonly activityIds?: readonly string[];
      /** The user task that begins when it is done. */
      readonly returnsTo?: string;
      readonly waits: boolean;
      /** Of a whole instance that is cancelled. */
      readonly reason?: string;
    })
  | { readonly type: 'compensation.completed'; readonly effectId: EffectId; readonly scopeKey: ElementKey }
  | (ElementEvent<'incident.raised'> & {
      readonly incidentId: EffectId;
      readonly code: IncidentCode;
      readonly stage: IncidentStage;
      readonly message: string;
    })
  | (ElementEvent<'incident.resolved'> & { readonly incidentId: EffectId; readonly by?: string })
  | {
      readonly type: 'commented';
      readonly by: string;
      readonly text: string;
      readonly mentions: readonly string[];
      readonly fileIds: readonly string[];
    }
  | { readonly type: 'copied'; readonly by: string; readonly personIds: readonly string[]; readonly text?: string }
  | {
      readonly type: 'sealed';
      readonly result: string;
      readonly runIds: readonly string[];
      readonly lastSeq: number;
      readonly lastHash: string;
      readonly phases: Readonly<Partial<Record<Phase, string>>>;
    };

interface ElementEvent<T extends string> {
  readonly type: T;
  readonly elementId: string;
  readonly key: ElementKey;
}

/** A task's id is the element key as a string. */
interface TaskEvent<T extends string> {
  readonly type: T;
  readonly elementId: string;
  readonly taskId: string;
}

export interface TaskDeadline {
  readonly due: string;
  readonly effectId: EffectId;
  /** The budget in milliseconds of the deadline's clock that this activation had left. */
  readonly budgetMs: number;
  readonly clock: 'working' | 'elapsed';
  readonly reminders: readonly { readonly at: string; readonly percent: number; readonly effectId: EffectId }[];
}

export type IncidentCode =
  | 'expression-failed'
  | 'condition-not-boolean'
  | 'no-flow-taken'
  | 'no-candidates'
  | 'timer-invalid'
  | 'decision-failed'
  | 'job-failed'
  | 'error-uncaught'
  | 'loop-open'
  | 'multi-instance-invalid'
  | 'child-failed'
  | 'step-budget-exceeded';

/**
 * The act that failed and that a retry does again: opening an element, its work (a job, a called process), a listener of it, completing it,
 * leaving it, closing the process, going on after the budget.
 */
export type IncidentStage = 'open' | 'work' | 'listen' | 'complete' | 'leave' | 'close' | 'budget';

export type ProcessEventType = ProcessEvent['type'];
