import process from 'node:process';
import type { Child, Ending } from '#bin/start/child.ts';

/** One process of a test's stack, which can die and come back under the same address. */
export class StackPart {
  readonly name: string;
  readonly #startChild: (options: { readonly isRestart: boolean }) => Promise<Child>;
  #child: Child | null;
  #hasRun: boolean;

  constructor(name: string, startChild: (options: { readonly isRestart: boolean }) => Promise<Child>, running: Child | null = null) {
    this.name = name;
    this.#startChild = startChild;
    this.#child = running;
    this.#hasRun = running !== null;
  }

  get isRunning(): boolean {
    return this.#child !== null && !this.#child.hasEnded();
  }

  /** The process's id, for looking at its memory or stopping it for a while. */
  get pid(): number {
    if (this.#child === null) throw new Error(`${this.name} is not running.`);
    return this.#child.identity.pid;
  }

  async start(): Promise<void> {
    if (this.isRunning) return;
    this.#child = await this.#startChild({ isRestart: this.#hasRun });
    this.#hasRun = true;
  }

  /** Resolves when the process is gone, however it went. */
  async gone(): Promise<Ending | null> {
    return (await this.#child?.ended) ?? null;
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    await this.#child?.stop();
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.#child?.kill();
  }

  /** As a machine that hangs: alive, and answering nothing until `resume`. */
  pause(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  resume(): void {
    process.kill(this.pid, 'SIGCONT');
  }
}
