/** Kills parts of a stack, by their process ids only, and starts them again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../load/random.ts';
import type { StackPart } from '../support/stack-part.ts';

export interface Strike {
  readonly part: string;
  readonly killedAt: number;
  readonly backAt: number;
}

export interface NemesisOptions {
  readonly random: Random;
  /** Between two strikes. */
  readonly pauseMs: readonly [number, number];
  /** How long a part stays away. */
  readonly awayMs: readonly [number, number];
}

export class Nemesis {
  readonly strikes: Strike[] = [];
  readonly #options: NemesisOptions;

  constructor(options: NemesisOptions) {
    this.#options = options;
  }

  /** Each round strikes every part once, in another order. */
  async rampage(parts: readonly StackPart[], rounds: number): Promise<void> {
    const { random, pauseMs } = this.#options;
    for (let round = 0; round < rounds; round++) {
      for (const part of random.shuffled(parts)) {
        await sleep(random.between(...pauseMs));
        await this.strike(part);
      }
    }
  }

  async strike(part: StackPart, awayMs = this.#options.random.between(...this.#options.awayMs)): Promise<void> {
    const killedAt = Date.now();
    await part.kill();
    await sleep(awayMs);
    await part.start();
    this.strikes.push({ part: part.name, killedAt, backAt: Date.now() });
  }
}
