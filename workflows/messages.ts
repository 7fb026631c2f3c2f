/** What goes between the relay, the activities and the instance's workflow. Types only: everybody may import this. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { CallerNews } from '#core/process/called.ts';
import type { Command } from '#core/process/command.ts';
import type { EffectId } from '#core/process/event.ts';
import type { ProcessState } from '#core/process/state.ts';

/**
 * The first argument of every instance's workflow. The payload codec keeps only the hash in the history and puts the graph back
 * from the store of contents, so a definition is not copied into every history.
 */
export interface GraphArgument {
  readonly graphHash: string;
  readonly graph: ProcessGraph;
}

export interface InstanceArgument {
  readonly instanceId: string;
  /** Hex salt of the commitments (`core/journal/chain.ts`); encrypted like every payload. */
  readonly salt: string;
  readonly semantics: number;
  /** When a run continues as new (P17); absent: the limits of `instance.ts`. */
  readonly limits?: RunLimits;
  /** Present after continue-as-new (P17). */
  readonly carried?: Carried;
}

export interface RunLimits {
  readonly historyEventsMax: number;
  readonly updatesMax: number;
}

export interface Carried {
  readonly state: ProcessState;
  readonly hash: string;
  /** Effects whose outcome was reported already and which only wait for their step. */
  readonly reported: readonly EffectId[];
  readonly runIds: readonly string[];
  /** More steps follow at once: what they have done already must not be started by the run that only knows half of them. */
  readonly isBehind?: boolean;
}

/** One Update: consecutive steps, at least one (P11). */
export interface StepBatch {
  readonly fromSeq: number;
  readonly previousHash: string;
  readonly steps: readonly { readonly command: Command; readonly hash: string }[];
  /** More steps follow at once: what the state wants in between is not started. */
  readonly isBehind: boolean;
}

export type BatchAnswer =
  | { readonly kind: 'confirmed'; readonly seq: number; readonly hash: string }
  /** Steps before `fromSeq` are missing here; the relay goes on from `seq`. */
  | { readonly kind: 'gap'; readonly seq: number }
  | { readonly kind: 'diverged'; readonly seq: number; readonly expected: string; readonly found: string; readonly detail: string };

export interface InstanceResult {
  readonly lastSeq: number;
  readonly lastHash: string;
  readonly result: string;
}

/**
 * Texts for Temporal's own UI begin with this mark, and the codec leaves them legible: element names, phases, roles and times,
 * never a person or what a form says. Everything else is encrypted.
 */
export const LEGIBLE_MARK = '闭环 · ';

/** The name of the search attributes; declared in `temporal-dev.yaml`. */
export const SEARCH_ATTRIBUTES = { flow: 'BihuanFlow', organisation: 'BihuanOrganisation', caller: 'BihuanCaller' } as const;

/** What a job came to. Histories of before there were others hold completed ones without a kind. */
export type JobResult =
  | { readonly kind?: 'completed'; readonly variables: JsonObject }
  | { readonly kind: 'error'; readonly errorCode: string; readonly variables: JsonObject };

/** Remote: nothing in this process does it. It is offered to remote workers, and its result comes through the API. */
export type JobOutcome = JobResult | { readonly kind: 'remote' };

/** Activities that the instance's workflow calls. Each is safe to run twice. */
export interface InstanceActivities {
  /** Reports a timer that came due through the door. */
  fireTimer(report: { readonly instanceId: string; readonly effectId: EffectId }): Promise<void>;
  /** Runs a service task's job, or says that it is for remote workers. Throws to be tried again. The outcome stands in the history before it is reported. */
  runJob(job: {
    readonly instanceId: string;
    readonly effectId: EffectId;
    readonly jobType: string;
    /** Attempts altogether, the first included. */
    readonly retries: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly variables: JsonObject;
    /** For HTTP calls: input → names of the secrets that the diagram writes there. */
    readonly secrets?: Readonly<Record<string, readonly string[]>>;
  }): Promise<JobOutcome>;
  /** Offers a job to remote workers. Apart from running it: an offer is made for as long as it takes, whatever the job's retries. */
  offerJob(offer: {
    readonly instanceId: string;
    readonly effectId: EffectId;
    readonly elementId: string;
    readonly jobType: string;
    readonly notBefore?: string;
  }): Promise<void>;
  /** Reports through the door what a job came to. */
  completeJob(report: { readonly instanceId: string; readonly effectId: EffectId; readonly outcome: JobResult }): Promise<void>;
  /** Reports a job that failed for good. */
  failJob(report: { readonly instanceId: string; readonly effectId: EffectId; readonly message: string }): Promise<void>;
  /** P21: the last act. */
  seal(seal: {
    readonly instanceId: string;
    readonly runIds: readonly string[];
    readonly lastSeq: number;
    readonly lastHash: string;
  }): Promise<void>;
}

/** What a called process tells its caller: which instance tells it, by which event of which step. */
export interface CallerReport extends CallerNews {
  readonly from: string;
  readonly cause: string;
}

/** The two ends of a call (P18). Each is safe to run twice. */
export interface CalledActivities {
  /** Starts the called process that this effect of the instance wants, if it still does; tells the instance when that cannot be. */
  startChild(wanted: { readonly instanceId: string; readonly effectId: EffectId }): Promise<void>;
  /** Ends the called process of an effect that is no longer wanted; one that has ended, or never began, is left as it is. */
  cancelChild(unwanted: { readonly instanceId: string; readonly effectId: EffectId }): Promise<void>;
  /** Tells the caller of an instance how it went. */
  tellCaller(report: CallerReport): Promise<void>;
}

/** The type of the workflow that a Temporal Schedule starts (P19); no flow has this key. */
export const CYCLE = 'cycle';

/** Ids of Schedules and of their workflows begin with it. What these say is ids and times: nobody's, so nobody's key is needed. */
export const CYCLE_PREFIX = `${CYCLE}:`;

export interface CycleActivities {
  /** Starts an instance of the latest version of the start event that the Schedule is for, once for this time. */
  startScheduled(due: { readonly scheduleId: string; readonly scheduledAt: string }): Promise<void>;
}
