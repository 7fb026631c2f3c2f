/** One evaluation: what it is told (the moment, P1), what it may cost, and what it tells of itself. */
import type { Moment } from './moment.ts';
import type { FeelDateTime } from './temporal.ts';

export interface FeelWarning {
  readonly code: WarningCode;
  readonly message: string;
}

export type WarningCode =
  | 'NO_VARIABLE_FOUND'
  | 'NO_CONTEXT_ENTRY_FOUND'
  | 'NO_ITEM_FOUND'
  | 'NO_PROPERTY_FOUND'
  | 'NO_FUNCTION_FOUND'
  | 'NOT_COMPARABLE'
  | 'INVALID_TYPE'
  | 'ITERATION_BOUNDS'
  | 'INVALID_ARGUMENTS'
  | 'FUNCTION_INVOCATION_FAILURE'
  | 'UNSUPPORTED';

/** What is evaluated again and again, in loops, filters and functions. */
const ITERATIONS_MAX = 100_000;
/** Items that are gone through by functions, comparisons and paths, in lists and texts that may be long. */
const HANDLED_MAX = 10_000_000;
/** Functions that call functions. */
const DEPTH_MAX = 500;
const WARNINGS_MAX = 100;

export class BudgetError extends Error {}

/** Of an evaluation that went beyond what it may cost, or the machine can; null for any other error. */
export function whyStopped(error: unknown): string | null {
  if (error instanceof BudgetError) return error.message;
  if (!(error instanceof RangeError)) return null;
  return /string length|array length/i.test(error.message) ? 'grows too large' : 'nests or recurs too deeply';
}

export class Run {
  readonly moment: Moment;
  readonly warnings: FeelWarning[] = [];
  depth = 0;
  #iterations = 0;
  #handled = 0;
  #now: FeelDateTime | null = null;
  #muted = 0;
  #told = 0;

  constructor(moment: Moment) {
    this.moment = moment;
  }

  /** The value is null, and this is why. */
  warn(code: WarningCode, message: string): null {
    if (this.#muted > 0) return null;
    this.#told += 1;
    if (this.#told <= WARNINGS_MAX) this.note(code, message);
    return null;
  }

  protected note(code: WarningCode, message: string): void {
    this.warnings.push({ code, message });
  }

  /** Without telling: a trial. */
  quietly<T>(attempt: () => T): T {
    this.#muted += 1;
    try {
      return attempt();
    } finally {
      this.#muted -= 1;
    }
  }

  iterate(times = 1): void {
    this.#iterations += times;
    if (this.#iterations > ITERATIONS_MAX) throw new BudgetError(`iterates more than ${ITERATIONS_MAX} times`);
  }

  /** Goes through so many items at once. */
  handle(items: number): void {
    this.#handled += items;
    if (this.#handled > HANDLED_MAX) throw new BudgetError(`goes through more than ${HANDLED_MAX} items`);
  }

  within<T>(call: () => T): T {
    if (this.depth >= DEPTH_MAX) throw new BudgetError('nests or recurs too deeply');
    this.depth += 1;
    try {
      return call();
    } finally {
      this.depth -= 1;
    }
  }

  now(read: (moment: Moment) => FeelDateTime): FeelDateTime {
    this.#now ??= read(this.moment);
    return this.#now;
  }
}
