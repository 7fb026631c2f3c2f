/** An expected "no": data, shown in words by `web/messages` under `refusal.<code>`. */
export interface Refusal {
  readonly code: RefusalCode;
  /** Ids, codes and times that the words need; never identities or free text. */
  readonly data?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export type RefusalCode =
  | 'not-started'
  | 'already-started'
  | 'instance-ended'
  | 'unknown-process'
  | 'unknown-task'
  | 'task-done'
  | 'not-candidate'
  | 'excluded'
  | 'claimed-by-other'
  | 'not-claimed'
  | 'already-claimed'
  | 'unknown-outcome'
  | 'outcome-required'
  | 'reason-required'
  | 'unknown-reason-code'
  | 'unknown-effect'
  | 'unknown-element'
  | 'condition-not-met'
  | 'unknown-action'
  | 'not-allowed'
  | 'no-subscription'
  | 'unknown-incident'
  | 'urged-recently'
  | 'too-long'
  | 'not-sealable'
  | 'already-sealed';
