/**
 * Brings messages and signals to whoever waits for them, and lets them start instances (P22). A loop over tables, like the relay: any
 * number of workers run it, each takes what nobody holds, and what is done twice has one effect.
 */
import type { Database } from '#db/database.ts';
import { sweepMessages } from '#db/messages.ts';
import { sweepSignals } from '#db/signals.ts';
import { Loop } from './loop.ts';
import { type DeliveryDependencies, MessageDelivery } from './message-delivery.ts';
import { SignalDelivery } from './signal-delivery.ts';

const POLL_MS = 1_000;
const SWEEP_MS = 10_000;
/** So long a message or signal that was published twice is known. */
const KEPT_DAYS = 30;

export class Matcher {
  readonly #db: Database;
  readonly #messages: MessageDelivery;
  readonly #signals: SignalDelivery;
  readonly #loop: Loop;
  #sweptAt = 0;

  constructor(dependencies: DeliveryDependencies) {
    this.#db = dependencies.db;
    this.#messages = new MessageDelivery(dependencies);
    this.#signals = new SignalDelivery(dependencies);
    // One thing brought may have thrown the next one.
    this.#loop = new Loop({ everyMs: POLL_MS, turn: () => this.#look(), onError: dependencies.onError });
  }

  start(): void {
    this.#loop.start();
  }

  /** News of a commit: look at once instead of at the next poll. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** True if anything was brought. */
  async #look(): Promise<boolean> {
    if (Date.now() - this.#sweptAt > SWEEP_MS) await this.#sweep();
    // Signals that were thrown with or before these messages are told first: who has heard one may then wait for a message.
    const taken = await this.#messages.take();
    const signals = await this.#signals.bring();
    const messages = await this.#messages.bring(taken);
    return signals || messages;
  }

  async #sweep(): Promise<void> {
    this.#sweptAt = Date.now();
    await sweepMessages(this.#db, KEPT_DAYS);
    await sweepSignals(this.#db, KEPT_DAYS);
  }
}
