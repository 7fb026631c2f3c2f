/**
 * What can be asked of an instance. A command is stored with the step it caused and decided again by the workflow, so it
 * carries everything `decide` needs: the time, the actor with the principals held at that moment, and resolved needs (P1, P2).
 */
import type { JsonObject } from '#core/json.ts';
import type { NeedValues } from './need.ts';

/** `person:<id>`, `role:<role>@<organisation>` or `team:<id>`. */
export type Principal = string;

export type Actor =
  | { readonly kind: 'person'; readonly personId: string; readonly organisationId: string; readonly principals: readonly Principal[] }
  | {
      readonly kind: 'system';
      readonly name: 'timer' | 'job' | 'message' | 'child' | 'workflow' | 'schedule';
      /** The account of a remote worker that reports a job: who did it, for the journal. */
      readonly workerId?: string;
    };

export type Command = CommandHead & CommandBody;

export interface CommandHead {
  /** Unique per (instance, actor); made by the client (P4). */
  readonly id: string;
  /** ISO 8601 instant in UTC with milliseconds, from the database's clock (P1). */
  readonly at: string;
  /** IANA zone of the instance's organisation, for FEEL's date functions. */
  readonly zone: string;
  readonly actor: Actor;
  readonly needs?: NeedValues;
}

/** The call activity that an instance was started for. */
export interface Caller {
  readonly instanceId: string;
  readonly effectId: string;
}

/** Answers of a form as the process sees them: typed facts and where the whole submission is kept. */
export interface SubmissionReference {
  readonly id: string;
  readonly formKey: string;
  readonly formHash: string;
  /** SHA-256 of the canonical QuestionnaireResponse: what an approval is bound to. */
  readonly hash: string;
}

export type CommandBody =
  | {
      readonly type: 'start';
      readonly instanceId: string;
      readonly processId: string;
      /** Absent: the none start event of the process. */
      readonly startElementId?: string;
      /** Which of the triggers of that element happened, where it has several. */
      readonly definition?: number;
      /** Context (`starter`, `platform` …) and facts; they become variables of the process scope. */
      readonly variables: JsonObject;
      readonly submission?: SubmissionReference;
      /** Set where a call activity starts it: what it does not catch itself goes back there. */
      readonly calledBy?: Caller;
      /** The instance whose message or job began this one. Decides nothing; kept with the step, so that a recovery links them again. */
      readonly openedBy?: string;
    }
  | { readonly type: 'task.claim'; readonly taskId: string }
  | { readonly type: 'task.release'; readonly taskId: string }
  | { readonly type: 'task.assign'; readonly taskId: string; readonly personId: string; readonly reason?: string }
  | { readonly type: 'task.urge'; readonly taskId: string }
  | {
      readonly type: 'task.complete';
      readonly taskId: string;
      /** Required when the task declares outcomes. */
      readonly outcome?: string;
      readonly reasonCode?: string;
      /** Free text of a person: personal data, never in clear outside the journal's encrypted part. */
      readonly reason?: string;
      readonly facts: JsonObject;
      readonly submission?: SubmissionReference;
    }
  /** Back to an earlier step (退回): what was done from there on is undone. */
  | { readonly type: 'task.return'; readonly taskId: string; readonly toElementId: string; readonly reason: string }
  | { readonly type: 'timer.fire'; readonly effectId: string }
  | { readonly type: 'job.complete'; readonly effectId: string; readonly variables: JsonObject }
  | {
      readonly type: 'job.fail';
      readonly effectId: string;
      readonly message: string;
      readonly retriesLeft: number;
      /** How long a job that may be tried again is held back. */
      readonly retryBackoffMs?: number;
    }
  | { readonly type: 'job.throwError'; readonly effectId: string; readonly errorCode: string; readonly variables: JsonObject }
  | { readonly type: 'child.complete'; readonly effectId: string; readonly variables: JsonObject }
  | { readonly type: 'child.fail'; readonly effectId: string; readonly message: string }
  /** The called process ended with an error that it did not catch. */
  | { readonly type: 'child.throwError'; readonly effectId: string; readonly errorCode: string; readonly variables: JsonObject }
  /** The called process escalated, and goes on unless it is cancelled. */
  | { readonly type: 'child.escalate'; readonly effectId: string; readonly escalationCode: string; readonly variables: JsonObject }
  | {
      readonly type: 'message.deliver';
      readonly messageName: string;
      readonly correlationKey?: string;
      /** Addresses one subscription of several that wait for the same message (P22). Absent: the one that has waited longest. */
      readonly effectId?: string;
      readonly variables: JsonObject;
    }
  | { readonly type: 'signal.deliver'; readonly signalName: string; readonly variables: JsonObject }
  /** A person sends one of the messages that the diagram offers to people (`bihuan:action`). */
  | {
      readonly type: 'action.send';
      readonly code: string;
      readonly reasonCode?: string;
      readonly reason?: string;
      readonly facts: JsonObject;
    }
  | { readonly type: 'incident.retry'; readonly incidentId: string; readonly variables?: JsonObject }
  /** `compensate`: what was completed is undone first. */
  | { readonly type: 'instance.cancel'; readonly reason: string; readonly compensate?: true }
  /** `withInstanceId`: together with the instance that called it, and to be resumed with that. */
  | { readonly type: 'instance.suspend'; readonly reason: string; readonly withInstanceId?: string }
  | { readonly type: 'instance.resume'; readonly reason?: string; readonly withInstanceId?: string }
  /** An operator moves tokens: begins elements, cancels living ones by key, changes variables of the process. */
  | {
      readonly type: 'instance.modify';
      readonly activate: readonly { readonly elementId: string; readonly scopeKey?: number }[];
      readonly cancel: readonly number[];
      readonly variables: JsonObject;
      readonly reason: string;
    }
  /** The instance goes on in another version of its flow; ids that are not mapped are the same there. */
  | {
      readonly type: 'instance.migrate';
      readonly fromGraphHash: string;
      readonly graphHash: string;
      readonly version: number;
      readonly mapping: Readonly<Record<string, string>>;
      readonly reason: string;
    }
  /** Somebody begins activities of an ad-hoc sub-process. */
  | { readonly type: 'adHoc.activate'; readonly scopeKey: number; readonly elementIds: readonly string[] }
  | { readonly type: 'comment'; readonly text: string; readonly mentions: readonly string[]; readonly fileIds: readonly string[] }
  | { readonly type: 'cc'; readonly personIds: readonly string[]; readonly text?: string }
  /** P21: the workflow's last act. */
  | { readonly type: 'seal'; readonly runIds: readonly string[]; readonly lastSeq: number; readonly lastHash: string };

export type CommandType = CommandBody['type'];
