/** What a form comes to with the answers that it has. */
import type { BoundItem, Container } from '../bind.ts';
import type { AnswerValue } from '../questionnaire.ts';
import type { ExpressionFailure } from './engine.ts';
import type { Constraint } from './expressions.ts';
import type { Shown } from './shown.ts';

export interface EvaluatedForm {
  /** The response laid over the form, with the computed answers in it. */
  readonly root: Container;
  readonly isEnabled: (bound: BoundItem) => boolean;
  /** Labels that are computed, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly minValues: ReadonlyMap<string, AnswerValue>;
  readonly maxValues: ReadonlyMap<string, AnswerValue>;
  /** What may be chosen where that is computed, by path. */
  readonly options: ReadonlyMap<string, readonly AnswerValue[]>;
  /** Keys of options that may not be chosen now (`valueKeyOf`), by path. */
  readonly withdrawn: ReadonlyMap<string, ReadonlySet<string>>;
  readonly broken: readonly BrokenConstraint[];
  /** Expressions that failed; their effect is that of an empty result. */
  readonly failures: readonly ExpressionFailure[];
}

export interface BrokenConstraint {
  readonly linkId: string;
  readonly path: string;
  readonly constraint: Constraint;
}

/** Puts together what was found at each place. */
export class Gathering {
  private readonly texts = new Map<string, string>();
  private readonly minValues = new Map<string, AnswerValue>();
  private readonly maxValues = new Map<string, AnswerValue>();
  private readonly options = new Map<string, readonly AnswerValue[]>();
  private readonly withdrawn = new Map<string, ReadonlySet<string>>();
  private readonly broken: BrokenConstraint[] = [];
  private readonly failures = new Map<string, ExpressionFailure>();

  /** Null: at the form. */
  add(bound: BoundItem | null, shown: Shown): void {
    const { linkId, path } = bound ? { linkId: bound.item.linkId, path: bound.path } : { linkId: '', path: '' };
    put(this.texts, path, shown.text);
    put(this.minValues, path, shown.minValue);
    put(this.maxValues, path, shown.maxValue);
    put(this.options, path, shown.options);
    put(this.withdrawn, path, shown.withdrawn);
    for (const { constraint, row } of shown.broken) this.broken.push({ linkId, path: row?.path ?? path, constraint });
    for (const failure of shown.failures) this.fail(failure);
  }

  /** One that fails for several reasons is told once. */
  fail(failure: ExpressionFailure | undefined): void {
    if (failure) this.failures.set(`${failure.path} ${failure.expression}`, failure);
  }

  get found() {
    const { texts, minValues, maxValues, options, withdrawn, broken } = this;
    return { texts, minValues, maxValues, options, withdrawn, broken, failures: [...this.failures.values()] };
  }
}

function put<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value !== undefined) map.set(key, value);
}
