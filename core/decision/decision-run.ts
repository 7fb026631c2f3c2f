/** An evaluation of decisions: it also tells which rules fired, and what went wrong in which decision. */
import { Run, type WarningCode } from '#core/feel/run.ts';
import type { Value } from '#core/feel/value.ts';

/** A rule that matched and was used, on which values it did, and what it gave. */
export interface FiredRule {
  /** The key of the decision or business knowledge model that the table is in. */
  readonly decisionId: string;
  readonly ruleId: string;
  /** Its place in the table, from 1. */
  readonly rule: number;
  readonly annotation?: string;
  /** By label, or by expression where a column has none. */
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

/** Why a value is null: something could not be decided at all, or FEEL has no answer. */
export interface Problem {
  readonly decisionId: string;
  readonly code: 'UNDECIDED' | WarningCode;
  readonly message: string;
}

export class DecisionRun extends Run {
  readonly fired: FiredRule[] = [];
  readonly problems: Problem[] = [];
  /** The decision that is being evaluated. */
  decisionId = '';

  /** What is tried only has fired nothing and failed nowhere. */
  override quietly<T>(attempt: () => T): T {
    const [fired, problems] = [this.fired.length, this.problems.length];
    try {
      return super.quietly(attempt);
    } finally {
      this.fired.length = fired;
      this.problems.length = problems;
    }
  }

  /** There is no answer, and null would be taken for one. */
  fail(message: string): null {
    this.problems.push({ decisionId: this.decisionId, code: 'UNDECIDED', message });
    return null;
  }

  protected override note(code: WarningCode, message: string): void {
    this.problems.push({ decisionId: this.decisionId, code, message });
  }
}
