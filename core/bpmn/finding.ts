import type { JsonObject } from '#core/json.ts';

/** What a checker says about a definition: where, which rule, how bad, and in words what to mend. */
export interface Finding {
  readonly file?: string;
  /** The element (or form item, rule, cell) that the finding is about. */
  readonly elementId: string;
  /** Kebab-case name of the rule, stable for tools and tests. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly messageZh?: string;
  /** For what exploration found: a shortest way there. */
  readonly counterExample?: CounterExample;
}

/** A run that `bihuan simulate --process --variables --script` repeats. */
export interface CounterExample {
  readonly processId: string;
  readonly variables: JsonObject;
  /** As `core/process/simulate-script.ts` reads it. */
  readonly script: JsonObject;
  /** The same for people: who or what moves, in order, by the ids of elements and flows. */
  readonly steps: readonly string[];
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some((finding) => finding.severity === 'error');
