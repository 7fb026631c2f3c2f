import type { JsonObject } from '#core/json.ts';

export interface Job {
  readonly instanceId: string;
  /** The key that makes a second run harmless on the other side. */
  readonly effectId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: JsonObject;
}

/** Answers the variables of the result; throws to be tried again. */
export type JobHandler = (job: Job) => Promise<JsonObject>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;
