/** The journal of an instance as the pure core has it: the same events for the same commands, sound states, and the state that is kept. */
import { canonicalJson } from '#core/journal/canonical.ts';
import type { CommandType } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { evolve } from '#core/process/evolve.ts';
import { violations } from '#core/process/invariants.ts';
import type { ProcessState } from '#core/process/state.ts';
import type { World } from '../world.ts';

export interface DecidedAgain {
  /** What is wrong, in words. */
  readonly findings: readonly string[];
  readonly commands: readonly CommandType[];
  readonly events: readonly ProcessEvent['type'][];
}

export async function decidedAgain(world: World, instanceId: string): Promise<DecidedAgain> {
  const graph = await world.graph(instanceId);
  const findings: string[] = [];
  const steps = await world.journal(instanceId);
  let state: ProcessState | null = null;
  for (const { seq, opened } of steps) {
    const { command, events } = opened;
    const decision = decide(graph, state, command);
    const where = `Step ${seq} (${command.type})`;
    if (decision.kind !== 'accepted') return { findings: [`${where} is ${decision.kind} in memory.`], commands: [], events: [] };
    if (canonicalJson(decision.events) !== canonicalJson(events)) findings.push(`${where} has other events in memory.`);
    state = evolve(graph, state, { seq, at: command.at, events: decision.events });
    findings.push(...violations(graph, state).map((violation) => `${where}: ${violation}`));
  }
  const kept = await world.state(instanceId);
  if (canonicalJson(kept) !== canonicalJson(state)) findings.push('The state that is kept is not the one that its journal leads to.');
  return {
    findings,
    commands: steps.map(({ opened }) => opened.command.type),
    events: steps.flatMap(({ opened }) => opened.events.map(({ type }) => type)),
  };
}
