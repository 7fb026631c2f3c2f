/** One look at all instances of a world for everybody who waits for one of them: hundreds that each look for themselves keep the database busy. */
import type { World } from '../world.ts';

const EVERY_MS = 50;
/** Longer than a minute, after which Temporal gives a job anew whose worker did not answer. */
const WITHIN_MS = 90_000;

export interface Watched {
  readonly id: string;
  readonly callerId: string | null;
  readonly serviceKey: string;
  readonly seq: number;
  readonly isActive: boolean;
  readonly isDiverged: boolean;
  /** Sealed, and its last step confirmed. */
  readonly isSettled: boolean;
  /** Why the relay stopped telling its workflow, or could not. */
  readonly relayError: string | null;
}

export type Instances = ReadonlyMap<string, Watched>;

interface Waiter {
  readonly what: string;
  readonly end: number;
  /** False: not yet. */
  readonly look: (instances: Instances) => boolean;
  readonly give: () => void;
  readonly giveUp: (reason: Error) => void;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly caller_id: string | null;
  readonly service_key: string;
  readonly last_seq: number;
  readonly status: string;
  readonly diverged: boolean;
  readonly settled: boolean;
  readonly last_error: string | null;
}

export class Vigil {
  readonly #world: Pick<World, 'asOwner'>;
  #waiters: Waiter[] = [];
  #instances: Instances = new Map();
  #isStopped = false;
  #watching: Promise<void> = Promise.resolve();

  constructor(world: Pick<World, 'asOwner'>) {
    this.#world = world;
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#watching;
  }

  /** As they were a moment ago. */
  get instances(): Instances {
    return this.#instances;
  }

  until(what: string, look: (instances: Instances) => boolean): Promise<void> {
    return new Promise((give, giveUp) => {
      this.#waiters.push({ what, look, give, giveUp, end: Date.now() + WITHIN_MS });
    });
  }

  async #watch(): Promise<void> {
    while (!this.#isStopped) {
      await this.#look().catch((error: unknown) => {
        for (const { giveUp } of this.#waiters.splice(0)) giveUp(error instanceof Error ? error : new Error(String(error)));
      });
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  async #look(): Promise<void> {
    const rows = await this.#world.asOwner<Row>(
      `select i.id, i.caller_id, i.service_key, i.last_seq, i.status, i.divergence is not null as diverged,
        i.sealed_at is not null and r.instance_id is null as settled, r.last_error
      from instance i left join relay r on r.instance_id = i.id order by i.created_at, i.id`,
    );
    this.#instances = new Map(rows.map((row) => [row.id, watched(row)]));
    const now = Date.now();
    this.#waiters = this.#waiters.filter(({ what, look, give, giveUp, end }) => {
      if (look(this.#instances)) give();
      else if (now > end) giveUp(new Error(`Waited ${WITHIN_MS / 1_000} s in vain: ${what}.`));
      else return true;
      return false;
    });
  }
}

const watched = ({ id, caller_id, service_key, last_seq, status, diverged, settled, last_error }: Row): Watched => ({
  id,
  callerId: caller_id,
  serviceKey: service_key,
  seq: last_seq,
  isActive: status === 'active',
  isDiverged: diverged,
  isSettled: settled,
  relayError: last_error,
});
