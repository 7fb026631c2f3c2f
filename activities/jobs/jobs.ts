import type { JsonObject } from '#core/json.ts';

export interface Job {
  readonly instanceId: string;
  /** The key that makes a second run harmless on the other side. */
  readonly effectId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: JsonObject;
  /** Input → names of the secrets that the diagram writes there. */
  readonly secrets: Readonly<Record<string, readonly string[]>>;
}

/** Answers the variables of the result; throws to be tried again. */
export type JobHandler = (job: Job) => Promise<JsonObject>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** The job failed. Its message is read by operators: what to mend, and never what a form says or a secret. */
export class JobError extends Error {
  override readonly name = 'JobError';
  /** Trying again would come to the same. */
  readonly isFinal: boolean;
  /** When the other side wants to be asked again. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { isFinal = false, retryAfterMs }: { readonly isFinal?: boolean; readonly retryAfterMs?: number } = {}) {
    super(message);
    this.isFinal = isFinal;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The job came to an answer that the diagram knows: an error event with this code catches it. */
export class BpmnError extends Error {
  override readonly name = 'BpmnError';
  readonly code: string;
  readonly variables: JsonObject;

  constructor(code: string, variables: JsonObject = {}) {
    super(`BPMN error ${code}`);
    this.code = code;
    this.variables = variables;
  }
}
