/** The folded state of one instance: plain JSON, canonicalised and hashed with every step (P3). */
import type { ElementType, Phase } from '#core/bpmn/graph.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { Caller, CommandBody, Principal, SubmissionReference } from './command.ts';
import type { DefinitionIndex, EffectId, ElementKey, IncidentCode, IncidentStage, TaskDeadline } from './event.ts';

export interface ProcessState {
  readonly instanceId: string;
  readonly processId: string;
  readonly status: 'active' | 'completed' | 'terminated';
  /** Steps applied so far; the next step's seq is `seq + 1`. A new instance's first step is 1. */
  readonly seq: number;
  /** Time of the last step. */
  readonly at: string;
  /** Highest element key given out. The process scope is key 1. */
  readonly lastKey: number;
  readonly starter?: string;
  readonly calledBy?: Caller;
  readonly result?: string;
  /** Living element instances, scopes included, by key. The process scope stays after the end, for its variables. */
  readonly elements: Readonly<Record<ElementKey, ElementInstance>>;
  /** Open tasks by id. */
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly timers: Readonly<Record<EffectId, TimerState>>;
  readonly subscriptions: Readonly<Record<EffectId, SubscriptionState>>;
  readonly jobs: Readonly<Record<EffectId, JobState>>;
  readonly children: Readonly<Record<EffectId, ChildState>>;
  readonly incidents: Readonly<Record<EffectId, IncidentState>>;
  /** When each phase was first entered: the loop as it was walked. */
  readonly phases: Readonly<Partial<Record<Phase, string>>>;
  /** Element id → persons who completed it, for separation of duty. */
  readonly completers: Readonly<Record<string, readonly string[]>>;
  /** Sides whose evaluation is done, for the closed-loop rule. */
  readonly evaluatedSides: readonly ('executor' | 'applicant')[];
  /** Element id → milliseconds of its deadline spent before the clock paused. */
  readonly carriedMs: Readonly<Record<string, number>>;
  readonly sealed: boolean;
  /** Present while all clocks stand still and nothing moves. */
  readonly suspended?: Suspension;
}

export interface Suspension {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** The instance with which it was suspended: one that called it, at whatever distance. */
  readonly withInstanceId?: string;
  /** What came meanwhile, in its order. */
  readonly held?: readonly HeldCommand[];
}

/** What the world reports once: it waits for the resumption. */
export type HeldCommand = Extract<
  CommandBody,
  {
    readonly type:
      | 'job.complete'
      | 'job.fail'
      | 'job.throwError'
      | 'child.complete'
      | 'child.fail'
      | 'child.throwError'
      | 'child.escalate'
      | 'message.deliver'
      | 'signal.deliver';
  }
>;

export interface ElementInstance {
  readonly key: ElementKey;
  readonly elementId: string;
  readonly elementType: ElementType;
  /** The enclosing scope's key, or null for the process scope. */
  readonly scopeKey: ElementKey | null;
  /** Variables local to this scope. */
  readonly variables: JsonObject;
  /** Tokens on the sequence flows of this scope, flow id → how many: between steps, those that wait before a join. */
  readonly tokens: Readonly<Record<string, number>>;
  readonly loopIndex?: number;
  readonly multiInstance?: MultiInstanceState;
  /** Of the body of a standard loop: how many rounds began. */
  readonly rounds?: number;
  readonly adHoc?: AdHocState;
  /** Of a scope: what was completed in it and can be undone, in that order. */
  readonly compensable?: readonly Compensable[];
  readonly compensations?: readonly CompensationState[];
  /** The compensation that it is a part of. */
  readonly compensates?: EffectId;
  /** Complex gateways of this scope that wait for their reset: id → the flows whose tokens activated them. */
  readonly activatedGateways?: Readonly<Record<string, readonly string[]>>;
}

export interface AdHocState {
  /** Elements still to begin. */
  readonly waiting: readonly string[];
  readonly isSatisfied?: true;
}

/** A completed activity that can be undone: by its handler, or, where it is a scope, by undoing what was done in it. */
export interface Compensable {
  readonly elementId: string;
  readonly handlerId?: string;
  /** What its scope held when it completed (BPMN 2.0, 13.5.5: the snapshot). */
  readonly variables?: JsonObject;
  readonly inner?: readonly Compensable[];
  /** The instances of a loop together. */
  readonly isLoop?: true;
}

export interface CompensationState {
  readonly effectId: EffectId;
  /** Who waits for it. */
  readonly throwerKey?: ElementKey;
  readonly pending: readonly Compensable[];
  readonly activeKey?: ElementKey;
  readonly reason?: string;
  /** The user task that begins when it is done: what was completed behind it is undone first. */
  readonly returnsTo?: string;
}

export interface MultiInstanceState {
  readonly items: readonly Json[];
  readonly started: number;
  readonly completed: number;
  readonly outputs: readonly Json[];
}

export interface TaskState {
  readonly taskId: string;
  readonly elementId: string;
  readonly key: ElementKey;
  readonly createdAt: string;
  readonly createdSeq: number;
  readonly candidates: readonly Principal[];
  readonly assignee?: string;
  readonly claimedAt?: string;
  readonly excluded: readonly string[];
  readonly priority: number;
  readonly followUp?: string;
  readonly deadline?: TaskDeadline;
  /** Effect ids of reminders that have fired. */
  readonly reminded: readonly EffectId[];
  readonly overdue: boolean;
  readonly urgedAt?: string;
  /** Since when its clock runs, and what was spent before: present after a suspension; else it runs since `createdAt`. */
  readonly clock?: { readonly from: string; readonly spentMs: number };
}

export interface TimerState {
  readonly effectId: EffectId;
  readonly key: ElementKey;
  readonly elementId: string;
  readonly targetId: string;
  readonly due: string;
  readonly repetitionsLeft?: number;
  readonly definition?: DefinitionIndex;
}

export interface SubscriptionState {
  readonly effectId: EffectId;
  readonly key: ElementKey;
  readonly elementId: string;
  readonly targetId: string;
  readonly kind: 'message' | 'signal' | 'condition';
  /** Of a condition: its FEEL. */
  readonly name: string;
  readonly correlationKey?: string;
  readonly senders?: readonly Principal[];
  readonly actionCode?: string;
  readonly definition?: DefinitionIndex;
  /** Of a condition: did it hold when it was last asked? */
  readonly holds?: boolean;
}

export interface JobState {
  readonly effectId: EffectId;
  readonly key: ElementKey;
  readonly elementId: string;
  readonly jobType: string;
  readonly retries: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: JsonObject;
  readonly notBefore?: string;
}

export interface ChildState {
  readonly effectId: EffectId;
  readonly key: ElementKey;
  readonly elementId: string;
  readonly calledProcessId: string;
  readonly variables: JsonObject;
}

export interface IncidentState {
  readonly incidentId: EffectId;
  readonly key: ElementKey;
  readonly elementId: string;
  readonly code: IncidentCode;
  readonly stage: IncidentStage;
  readonly message: string;
  readonly raisedAt: string;
}

export type { SubmissionReference };
