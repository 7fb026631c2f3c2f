/**
 * One instance of a random process, and what it calls: first whatever the dice say happens to it, then only what leads to its end. What is asked
 * goes through the door and the matcher; what goes on by itself is waited for.
 */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '#core/json.ts';
import { childIdOf } from '#core/process/called.ts';
import { effects } from '#core/process/effects.ts';
import type { Random } from '../../load/random.ts';
import type { Shell } from '../shell.ts';
import type { World } from '../world.ts';
import { type Ask, type Move, movesOf } from './moves.ts';
import type { Vigil, Watched } from './vigil.ts';

export interface LifeOptions {
  readonly world: World;
  readonly shell: Shell;
  readonly vigil: Vigil;
  readonly random: Random;
  readonly serviceKey: string;
  readonly variables: JsonObject;
}

interface OpenMove extends Move {
  readonly instanceId: string;
}

const WANDERINGS_MAX = 16;
const ROUNDS_MAX = 400;
const MESSAGE_TIME_TO_LIVE = 'PT1M';
/** Beside the moves: nothing is done, and what waits by itself goes on. */
const PATIENCE_WEIGHT = 6;
const PUBLISHER = 'p-kang-ning';

export class Life {
  readonly #options: LifeOptions;
  #id = '';

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /** The instance and everything that it called, the eldest first. */
  get familyIds(): readonly string[] {
    return this.#family().map(({ id }) => id);
  }

  /** To the end of the instance and of all that it called, sealed and confirmed. */
  async live(): Promise<void> {
    const { vigil, shell, random, serviceKey, variables } = this.#options;
    this.#id = await shell.begin(serviceKey, variables);
    await vigil.until(`${this.#id} is there`, (instances) => instances.has(this.#id));
    const wanderings = Math.floor(random.between(0, WANDERINGS_MAX));
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      if (await this.#goOn(round < wanderings ? 'at random' : 'to the end')) return this.#settled();
    }
    throw new Error(`After ${ROUNDS_MAX} rounds it has not ended.`);
  }

  /** True when everything has ended. */
  async #goOn(how: 'at random' | 'to the end'): Promise<boolean> {
    const { random } = this.#options;
    const open = await this.#open();
    if (!open) return true;
    const moves = open.moves.filter(({ isProgress }) => how === 'at random' || isProgress);
    const patience = open.goesOn ? PATIENCE_WEIGHT : 0;
    const chosen = weighted(moves, random, how === 'at random' || moves.length === 0 ? patience : 0);
    if (!chosen && !open.goesOn) throw new Error('It waits for nothing, and nobody can do anything.');
    const isAnswered = chosen !== null && (await this.#ask(chosen.instanceId, chosen.ask));
    if (!isAnswered) await this.#moved(open.seqs);
    return false;
  }

  /** What can be done; null when all have ended. */
  async #open(): Promise<{ readonly moves: readonly OpenMove[]; readonly goesOn: boolean; readonly seqs: number } | null> {
    const { world } = this.#options;
    const family = await Promise.all(
      this.#family().map(async ({ id }) => ({ id, graph: await world.graph(id), state: await world.state(id) })),
    );
    const active = family.filter(({ state }) => state.status === 'active');
    if (active.length === 0) return null;
    // What was called goes on as somebody goes on with it; until it is there, and when it has ended, nobody need do anything.
    const calledIds = new Set(active.map(({ id }) => id));
    return {
      moves: active.flatMap(({ id: instanceId, graph, state }) => movesOf(graph, state).map((move) => ({ ...move, instanceId }))),
      goesOn: active.some(({ id: instanceId, graph, state }) =>
        effects(graph, state).some(({ kind, id: effectId }) => kind !== 'child' || !calledIds.has(childIdOf({ instanceId, effectId }))),
      ),
      seqs: sum(family.map(({ state }) => state.seq)),
    };
  }

  /** False where the answer comes by itself later. */
  async #ask(instanceId: string, ask: Ask): Promise<boolean> {
    const { world } = this.#options;
    if (ask.kind === 'message') {
      await world.call(PUBLISHER, 'publishMessage', { messageId: randomUUID(), name: ask.name, timeToLive: MESSAGE_TIME_TO_LIVE });
      return false;
    }
    if (ask.kind === 'signal') {
      await world.call(PUBLISHER, 'publishSignal', { signalId: randomUUID(), name: ask.name });
      return false;
    }
    const { body, actor } = ask;
    const prepare = () => ({ kind: 'ready', body }) as const;
    const result = await world.door.submit({ instanceId, commandId: randomUUID(), actor, asked: body, prepare });
    // Refused is an answer: the world went on since the state was read, or the rules forbid it.
    if (result.kind !== 'accepted' && result.kind !== 'refused') throw new Error(`${body.type} is answered ${result.kind}.`);
    return true;
  }

  /** A step has come, of whichever of them. */
  async #moved(seqs: number): Promise<void> {
    await this.#options.vigil.until('it goes on by itself', () => {
      const family = this.#family();
      return family.some(isBroken) || sum(family.map(({ seq }) => seq)) > seqs;
    });
    this.#requireWhole();
  }

  async #settled(): Promise<void> {
    await this.#options.vigil.until('all are sealed and confirmed', () => {
      const family = this.#family();
      return family.some(isBroken) || family.every(({ isSettled }) => isSettled);
    });
    this.#requireWhole();
  }

  #requireWhole(): void {
    const broken = this.#family().find(isBroken);
    if (broken) throw new Error(`The workflow of ${broken.id} diverged: ${broken.relayError}`);
  }

  #family(): readonly Watched[] {
    const ids = new Set([this.#id]);
    // A caller is older than what it calls.
    return [...this.#options.vigil.instances.values()].filter(({ id, callerId }) => {
      if (callerId !== null && ids.has(callerId)) ids.add(id);
      return ids.has(id);
    });
  }
}

const isBroken = ({ isDiverged }: Watched): boolean => isDiverged;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Null: patience. */
function weighted<T extends { readonly weight: number }>(items: readonly T[], random: Random, patience: number): T | null {
  let left = random.between(0, sum(items.map(({ weight }) => weight)) + patience);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return null;
}
