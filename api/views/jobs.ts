/** Answers to programs that take jobs or send messages, and what operators see of incidents. */
import type { JsonObject } from '#core/json.ts';
import type { IncidentCode } from '#core/process/event.ts';
import type { LocalizedText } from '#core/text.ts';

/** POST /api/messages and POST /api/signals */
/** A message or signal that was taken; `isRepeated`: it was known under its id. */
export interface PublishedAnswer {
  readonly isRepeated: boolean;
}

/** POST /api/jobs/activate */
export interface ActivatedJob {
  /** Names the job and the lease under which it was given. */
  readonly key: string;
  readonly type: string;
  readonly instanceId: string;
  readonly serviceKey: string;
  readonly elementId: string;
  readonly retries: number;
  readonly deadline: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: JsonObject;
}

/** POST /api/jobs/:key/complete, fail and error */
export interface JobAnswer {
  readonly instanceId: string;
  readonly seq: number;
  /** Late: the job was over already; the result is recorded and changes nothing. Repeated: this was told before. */
  readonly outcome: 'taken' | 'late' | 'repeated';
}

export interface JobTypesView {
  readonly personId: string;
  readonly jobTypes: readonly string[];
}

/** GET /api/operations/jobs */
export interface WaitingJobsView {
  readonly types: readonly {
    readonly jobType: string;
    readonly waiting: number;
    readonly leased: number;
    /** When the oldest of them was offered. */
    readonly oldest: string;
  }[];
}

/** GET /api/incidents */
export interface IncidentsView {
  readonly rows: readonly IncidentRow[];
  /** Of all open incidents, for the filters. */
  readonly groups: readonly { readonly serviceKey: string; readonly elementId: string; readonly code: string; readonly count: number }[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

export interface IncidentRow {
  readonly instanceId: string;
  readonly incidentId: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly serviceName: LocalizedText;
  readonly elementId: string;
  readonly elementName: LocalizedText;
  readonly code: IncidentCode;
  /** What failed, where its words hold nothing that a form says. */
  readonly reason: string | null;
  readonly raisedAt: string;
}

/** POST /api/incidents/retry */
export interface RetriesView {
  readonly results: readonly {
    readonly instanceId: string;
    readonly incidentId: string;
    readonly outcome: 'retried' | 'refused';
    /** Of the refusal. */
    readonly code?: string;
  }[];
  /** Send it again with this until it is null. */
  readonly next: string | null;
  readonly left: number;
}
