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
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some((finding) => finding.severity === 'error');
