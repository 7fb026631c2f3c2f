/**
 * How many calls may be under way at a time: fewer after one was not answered in time, more again as answers come (additive increase, multiplicative decrease,
 * RFC 5681 §3.1). A server that is asked for more than it can do in time does nothing in time, and a retry only asks for more.
 */
export class CongestionWindow {
  readonly #max: number;
  #size: number;
  /** Calls that had begun when the window last became smaller tell nothing of the size that it has now. */
  #begun = 0;
  #begunBefore = 0;

  constructor(max: number) {
    this.#max = max;
    this.#size = max;
  }

  /** Whole calls, at least one. */
  get size(): number {
    return Math.floor(this.#size);
  }

  /** Number of a call, to be given back with what became of it. */
  begin(): number {
    this.#begun += 1;
    return this.#begun;
  }

  answered(): void {
    this.#size = Math.min(this.#max, this.#size + 1 / this.#size);
  }

  late(call: number): void {
    if (call <= this.#begunBefore) return;
    this.#size = Math.max(1, this.#size / 2);
    this.#begunBefore = this.#begun;
  }
}
