/** A hidden page is not painted. */
const WITHIN_MS = 100;

/** Work that can wait until the person sees their own key: after the next paint, once for all that asked for it meanwhile. */
export class AfterPaint {
  private frame: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly work: () => void) {}

  ask(): void {
    if (this.frame !== null) return;
    this.timer = setTimeout(() => this.flush(), WITHIN_MS);
    this.frame = requestAnimationFrame(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush());
    });
  }

  /** Now, where it was asked for. */
  flush(): void {
    if (this.frame === null) return;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.frame = null;
    this.work();
  }
}
