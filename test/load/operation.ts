/** What a client did and was told: the record that the auditor holds against journal, read model and Temporal. */
export interface Operation {
  readonly commandId: string;
  readonly kind: 'start' | 'claim' | 'complete';
  readonly personId: string;
  /** Null for a start that never got an answer. */
  readonly instanceId: string | null;
  readonly taskId: string | null;
  readonly beganAt: number;
  readonly endedAt: number;
  /** How often the same command was sent until it was answered. */
  readonly attempts: number;
  /** Unknown: never answered. It may have happened once or not at all. */
  readonly result: 'accepted' | 'refused' | 'unknown';
  /** The step's, when accepted. */
  readonly seq: number | null;
  /** Of the refusal, or of the last failure. */
  readonly code: string | null;
}
