/** A part of the stack that is kept running: started again when it dies, later and later while it keeps dying. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, describeEnding } from './child.ts';

export interface ServiceOptions {
  readonly name: string;
  /** `isRestart`: on the same port as before. */
  readonly start: (options: { readonly isRestart: boolean }) => Promise<Child>;
  readonly tell: (message: string) => void;
}

const BACK_OFF_MIN_MS = 200;
const BACK_OFF_MAX_MS = 15_000;
/** Who lived this long may fail again as if for the first time. */
const STEADY_AFTER_MS = 30_000;

export class Service {
  readonly #options: ServiceOptions;
  #child: Child | undefined;
  #isStopping = false;
  #keeping: Promise<void> | undefined;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Resolves when it runs for the first time; a first start that fails is the caller's to tell. */
  async start(): Promise<void> {
    this.#child = await this.#options.start({ isRestart: false });
    this.#keeping = this.#keep(this.#child);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#child?.stop();
    await this.#keeping;
  }

  async #keep(first: Child): Promise<void> {
    const { name, tell } = this.#options;
    let child = first;
    let backOffMs = BACK_OFF_MIN_MS;
    let since = Date.now();
    for (;;) {
      const ending = await child.ended;
      if (this.#isStopping) return;
      if (Date.now() - since > STEADY_AFTER_MS) backOffMs = BACK_OFF_MIN_MS;
      tell(`${name} ended (${describeEnding(ending)}); starting it again. Its log: ${child.logFile}`);
      const next = await this.#startAgain(backOffMs);
      if (next === null) return;
      child = next.child;
      backOffMs = next.backOffMs;
      since = Date.now();
      tell(`${name} runs again.`);
    }
  }

  async #startAgain(firstBackOffMs: number): Promise<{ readonly child: Child; readonly backOffMs: number } | null> {
    for (let backOffMs = firstBackOffMs; ; ) {
      await sleep(backOffMs);
      backOffMs = Math.min(backOffMs * 2, BACK_OFF_MAX_MS);
      if (this.#isStopping) return null;
      try {
        const child = await this.#options.start({ isRestart: true });
        this.#child = child;
        // Asked to stop while it was starting.
        if (this.#isStopping) await child.stop();
        return { child, backOffMs };
      } catch (error) {
        this.#options.tell(`${this.name} does not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
