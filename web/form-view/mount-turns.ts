/** After the last key: somebody who types is not to wait for what they do not look at. */
const QUIET_MS = 500;

/**
 * Who is drawn next of what a large form draws later: one section after the other, so that a key is heard between two of them, and none while
 * somebody types. Outside React like the store; a section asks when it has been put on the page without its fields.
 */
export class MountTurns {
  private readonly waiting = new Set<() => void>();
  private isCalled = false;
  private isBegun = false;
  private quietAt = 0;

  /** Everything is drawn: what comes to the page later need not wait. */
  get isOver(): boolean {
    return this.isBegun && this.waiting.size === 0;
  }

  /** Gives how to leave again. */
  wait(draw: () => void): () => void {
    this.isBegun = true;
    this.waiting.add(draw);
    this.next();
    return () => void this.waiting.delete(draw);
  }

  /** Somebody types. */
  hold(): void {
    this.quietAt = performance.now() + QUIET_MS;
  }

  /** After what was drawn is on the page. */
  next(): void {
    if (this.isCalled || this.waiting.size === 0) return;
    this.isCalled = true;
    setTimeout(
      () => {
        this.isCalled = false;
        if (performance.now() < this.quietAt) {
          this.next();
          return;
        }
        const [draw] = this.waiting;
        if (!draw) return;
        this.waiting.delete(draw);
        draw();
      },
      Math.max(0, this.quietAt - performance.now()),
    );
  }
}
