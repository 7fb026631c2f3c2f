import type { Quantity } from '../questionnaire.ts';

/** What the form engine needs of a FHIRPath implementation. It is given and not imported: a browser loads one only for forms that compute. */
export interface ExpressionEngine {
  /** Null where the expression cannot be read. */
  readonly parse: (source: string) => SyntaxNode | null;
  /**
   * The focus is a `QuestionnaireResponse` or one of its items, by `focusPath`. Throws what the expression does wrong.
   * Results are JSON values, or objects of the engine that print as FHIR does.
   */
  readonly compile: (source: string, focusPath: FocusPath) => Compiled;
  /** By UCUM: negative, zero or positive; null where their units do not measure the same. */
  readonly compareQuantities: (left: Quantity, right: Quantity) => number | null;
  /** Is it a code of UCUM? */
  readonly knowsUnit: (code: string) => boolean;
}

export type FocusPath = 'QuestionnaireResponse' | 'QuestionnaireResponse.item';

export type Compiled = (focus: unknown, variables: Readonly<Record<string, unknown>>) => readonly unknown[];

/** A node of the syntax tree, as the grammar of FHIRPath names them (https://hl7.org/fhirpath/N1/grammar.html). */
export interface SyntaxNode {
  readonly type: string;
  readonly text?: string;
  /** Of a variable that is named in quotes. */
  readonly delimitedText?: string;
  readonly start?: { readonly line: number; readonly column: number };
  readonly length?: number;
  readonly children?: readonly SyntaxNode[];
}

/** At what moment, with what, and by which engine a form is evaluated: the core has no clock. */
export interface EvaluationContext {
  readonly engine: ExpressionEngine;
  /** Date and time with zone, ISO 8601: what `now()` and `today()` mean. */
  readonly now: string;
  /** Resources by the name of their launch context: `patient`, `user`, `encounter` … (SDC 4.1.1, launchContext). */
  readonly launch?: Readonly<Record<string, unknown>>;
}

export interface ExpressionFailure {
  readonly linkId: string;
  /** Where it stands: `path.ts`. */
  readonly path: string;
  readonly expression: string;
  /** May hold answers: for whoever has them, never for a log. */
  readonly message: string;
  /** It came to something, of another type than the item's. */
  readonly isMisfit?: true;
}
