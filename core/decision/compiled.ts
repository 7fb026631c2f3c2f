/** A DMN decision reduced to what evaluation needs: plain JSON inside the `ProcessGraph`. Written by `compile.ts`. */
import type { LocalizedText } from '#core/text.ts';

export interface CompiledDecision {
  readonly id: string;
  readonly name: LocalizedText;
  /** The name under which decisions that require this one see its result; absent: the id. */
  readonly variable?: string;
  /** Ids of the decisions whose results are inputs, in an order in which they can be evaluated. */
  readonly requires: readonly string[];
  readonly logic: DecisionTable | LiteralExpression;
}

export interface LiteralExpression {
  readonly kind: 'literal';
  readonly expression: string;
}

export type HitPolicy = 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';

export interface DecisionTable {
  readonly kind: 'table';
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: 'SUM' | 'MIN' | 'MAX' | 'COUNT';
  readonly inputs: readonly { readonly id: string; readonly expression: string; readonly label?: string }[];
  readonly outputs: readonly {
    readonly id: string;
    readonly name: string;
    readonly values?: readonly string[];
    readonly default?: string;
  }[];
  readonly rules: readonly {
    readonly id: string;
    readonly tests: readonly string[];
    readonly results: readonly string[];
    readonly annotation?: string;
  }[];
}
