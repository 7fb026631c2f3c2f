/** Ranges: an end that is null is open. `> 5` is one too. */
import type { Value } from './value.ts';

export interface RangeEnds {
  readonly from: Value;
  readonly to: Value;
  readonly isFromIn: boolean;
  readonly isToIn: boolean;
}

export class FeelRange implements RangeEnds {
  readonly from: Value;
  readonly to: Value;
  readonly isFromIn: boolean;
  readonly isToIn: boolean;
  /** Written as `> 5`, and not as `(5..null)`: they are not equal. */
  readonly isComparison: boolean;

  constructor({ from, to, isFromIn, isToIn, isComparison = false }: RangeEnds & { readonly isComparison?: boolean }) {
    this.from = from;
    this.to = to;
    this.isFromIn = isFromIn;
    this.isToIn = isToIn;
    this.isComparison = isComparison;
  }
}
