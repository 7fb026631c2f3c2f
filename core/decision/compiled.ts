/**
 * DMN reduced to what evaluation needs: plain JSON inside the `ProcessGraph`. Written by `compile.ts`. What came later is absent in graphs
 * that were compiled before, and means the same there.
 */
import type { FeelType } from '#core/feel/type.ts';
import type { LocalizedText } from '#core/text.ts';

/** A decision, or what decisions require beside inputs: a business knowledge model or a decision service. */
export interface CompiledDecision {
  readonly id: string;
  readonly name: LocalizedText;
  /** Absent: a decision. */
  readonly element?: 'businessKnowledgeModel' | 'decisionService';
  /** The name under which whatever requires this one sees its result; absent: the id. */
  readonly variable?: string;
  /** Of its result. */
  readonly type?: FeelType;
  /** Keys of the decisions, models and services that it uses: the id, or `namespace#id` of what was imported. */
  readonly requires: readonly string[];
  /** Names of imports, by the keys of what is known through them. */
  readonly imported?: Readonly<Record<string, string>>;
  readonly inputs?: readonly RequiredInput[];
  /** An instance keeps which rules fired, and on which values. Absent in graphs whose instances never did: their journals stay as they are. */
  readonly isExplained?: true;
  /** Those of the model that its expressions name. */
  readonly types?: Readonly<Record<string, FeelType>>;
  readonly logic: Logic;
}

export interface RequiredInput {
  readonly name: string;
  readonly type?: FeelType;
  /** The name of the import that it comes through. */
  readonly from?: string;
}

/** Every boxed expression says the type that its value must have, if it has one. */
export type Logic =
  | LiteralExpression
  | DecisionTable
  | BoxedContext
  | BoxedList
  | BoxedRelation
  | BoxedFunction
  | BoxedInvocation
  | BoxedConditional
  | BoxedFilter
  | BoxedIteration
  | DecisionService;

interface Typed {
  readonly type?: FeelType;
}

export interface LiteralExpression extends Typed {
  readonly kind: 'literal';
  readonly expression: string;
}

export interface BoxedContext extends Typed {
  readonly kind: 'context';
  readonly entries: readonly { readonly name: string; readonly type?: FeelType; readonly value: Logic }[];
  /** Absent: the context itself. */
  readonly result?: Logic;
}

export interface BoxedList extends Typed {
  readonly kind: 'list';
  readonly items: readonly Logic[];
}

export interface BoxedRelation extends Typed {
  readonly kind: 'relation';
  readonly columns: readonly { readonly name: string; readonly type?: FeelType }[];
  readonly rows: readonly (readonly Logic[])[];
}

export interface BoxedFunction extends Typed {
  readonly kind: 'function';
  readonly parameters: readonly { readonly name: string; readonly type?: FeelType }[];
  readonly body: Logic;
}

export interface BoxedInvocation extends Typed {
  readonly kind: 'invocation';
  readonly called: Logic;
  readonly bindings: readonly { readonly name: string; readonly value: Logic }[];
}

export interface BoxedConditional extends Typed {
  readonly kind: 'conditional';
  readonly condition: Logic;
  readonly yes: Logic;
  readonly no: Logic;
}

export interface BoxedFilter extends Typed {
  readonly kind: 'filter';
  readonly list: Logic;
  readonly match: Logic;
}

export interface BoxedIteration extends Typed {
  readonly kind: 'for' | 'some' | 'every';
  readonly variable: string;
  readonly list: Logic;
  /** What is returned or must be satisfied. */
  readonly body: Logic;
}

export interface DecisionService extends Typed {
  readonly kind: 'service';
  /** In the order of its parameters; those with a key are decisions whose results are given. */
  readonly parameters: readonly { readonly name: string; readonly type?: FeelType; readonly decision?: string }[];
  /** Keys; one gives its result, several a context. */
  readonly outputs: readonly string[];
}

export type HitPolicy = 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';

export interface DecisionTable extends Typed {
  readonly kind: 'table';
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: 'SUM' | 'MIN' | 'MAX' | 'COUNT';
  readonly inputs: readonly {
    readonly id: string;
    readonly expression: string;
    readonly label?: string;
    readonly type?: FeelType;
    /** Unary tests that its value must satisfy. */
    readonly allowed?: string;
  }[];
  readonly outputs: readonly {
    readonly id: string;
    readonly name: string;
    readonly label?: string;
    readonly type?: FeelType;
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
