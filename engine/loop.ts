/** What a worker does again and again: one turn after the other, at once while there is more to do, else after a while or when it is woken. */
export interface LoopOptions {
  readonly everyMs: number;
  /** True if there may be more to do at once. */
  readonly turn: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

export class Loop {
  readonly #options: LoopOptions;
  #isStopped = false;
  #wasWoken = false;
  #endPause: (() => void) | null = null;
  #running: Promise<void> | null = null;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): this {
    this.#running ??= this.#run();
    return this;
  }

  /** There is something new: look at once. */
  wake(): void {
    this.#wasWoken = true;
    this.#endPause?.();
  }

  /** After the turn under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#wasWoken = false;
      if (!(await this.#turn())) await this.#pause();
    }
  }

  async #turn(): Promise<boolean> {
    try {
      return await this.#options.turn();
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }

  #pause(): Promise<void> {
    // Woken during the turn: what is new may have come after it looked.
    if (this.#wasWoken) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#endPause = null;
        resolve();
      };
      const timer = setTimeout(end, this.#options.everyMs);
      this.#endPause = end;
    });
  }
}
