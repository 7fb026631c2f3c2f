/** A seeded crowd of personas. */
import type { Operation } from './operation.ts';
import { Persona } from './persona.ts';
import { Random } from './random.ts';

export interface LoadOptions {
  readonly baseUrl: string;
  readonly random: Random;
  /** Sign-in names; one may work at several places at once, as people do. */
  readonly people: readonly string[];
  readonly instancesMax: number;
  readonly paceMs?: readonly [number, number];
  readonly detours?: number;
}

/** One of each role of the sample network that a consult needs, and a second where two are in each other's way. */
export const CROWD = ['wutong', 'linyue', 'hejing', 'xulei', 'shaohua', 'dongliang', 'guchen', 'tangmin'] as const;

export class Load {
  readonly operations: Operation[] = [];
  readonly #personas: readonly Persona[];
  #working: Promise<unknown> | null = null;
  #startsSent = 0;

  constructor({ baseUrl, random, people, instancesMax, paceMs = [20, 120], detours = 0.1 }: LoadOptions) {
    this.#personas = people.map(
      (signInName) =>
        new Persona({
          baseUrl,
          signInName,
          // Each its own chance, so that one being slow does not change what the others do.
          random: new Random(Math.floor(random.next() * 2 ** 32)),
          record: (operation) => this.operations.push(operation),
          mayStart: () => {
            if (this.#startsSent >= instancesMax) return false;
            this.#startsSent++;
            return true;
          },
          paceMs,
          detours,
        }),
    );
  }

  start(): void {
    this.#working = Promise.all(this.#personas.map((persona) => persona.work()));
    // Told by `stop`; until then nobody listens.
    this.#working.catch(() => undefined);
  }

  /** Waits for what is under way. Throws what a persona could not cope with. */
  async stop(): Promise<void> {
    for (const persona of this.#personas) persona.stop();
    await this.#working;
  }

  count(result: Operation['result']): number {
    return this.operations.filter((operation) => operation.result === result).length;
  }
}
