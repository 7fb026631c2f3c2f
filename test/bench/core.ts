/** How fast the core alone decides and folds: events a second for each shipped flow, and what a step costs as more elements are active. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { ROOT } from '#bin/start/applications.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Command } from '#core/process/command.ts';
import { decide } from '#core/process/decide.ts';
import { evolve } from '#core/process/evolve.ts';
import type { ProcessState } from '#core/process/state.ts';
import { graphOf } from '../support/bpmn.ts';
import { playedScenario } from '../support/scenario.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;
const ROUND_MS = 400;
/** A worker runs for weeks; what is compiled in its first seconds is not what it costs. */
const WARM_MS = 3_000;
const ACTIVE = [10, 100, 1_000];
const AT = '2026-01-05T01:00:00.000Z';

export async function measureCore(say: (text: string) => void): Promise<void> {
  say('\nThe core alone, one thread: events/s (decided and folded) · commands/s, median of 7');
  for (const entry of readdirSync(path.join(ROOT, 'flows'), { withFileTypes: true })) {
    if (entry.isDirectory()) await measureFlow(entry.name, say);
  }
  say('\nCompleting one of so many open tasks: µs · µs for each active element');
  for (const active of ACTIVE) {
    const microseconds = await measureActive(active);
    say(`${String(active).padEnd(20)} ${microseconds.toFixed(0)} · ${(microseconds / active).toFixed(2)}`);
  }
}

async function measureFlow(key: string, say: (text: string) => void): Promise<void> {
  const played = await playedScenario(key, '01-happy-path');
  // As they come from the database and over the wire.
  const graph: ProcessGraph = JSON.parse(JSON.stringify(played.door.graph));
  const commands: readonly Command[] = JSON.parse(JSON.stringify(played.commands));
  for (const began = performance.now(); performance.now() - began < WARM_MS; ) play(graph, commands);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    let [events, times] = [0, 0];
    while (performance.now() - began < ROUND_MS) {
      events += play(graph, commands);
      times += 1;
    }
    const seconds = (performance.now() - began) / 1_000;
    return { events: events / seconds, commands: (times * commands.length) / seconds };
  });
  const rate = (of: 'events' | 'commands'): string => Math.round(median(rounds.map((round) => round[of]))).toLocaleString('en');
  say(`${key.padEnd(20)} ${rate('events')} · ${rate('commands')}`);
}

/** The number of events. */
function play(graph: ProcessGraph, commands: readonly Command[]): number {
  let state: ProcessState | null = null;
  let events = 0;
  for (const [index, command] of commands.entries()) {
    const decision = decide(graph, state, command);
    if (decision.kind !== 'accepted') throw new Error(`${command.type} is ${decision.kind}.`);
    events += decision.events.length;
    state = evolve(graph, state, { seq: index + 1, at: command.at, events: decision.events });
  }
  return events;
}

/** Microseconds for a step, while `active` instances of one task are open. */
async function measureActive(active: number): Promise<number> {
  const graph = await graphOf(manyTasks(active), 'many');
  const head = { at: AT, zone: 'UTC', actor: { kind: 'system', name: 'workflow' } } as const;
  const start: Command = { ...head, id: 'start', type: 'start', instanceId: 'i', processId: 'p', variables: {} };
  const begun = decide(graph, null, start);
  if (begun.kind !== 'accepted') throw new Error('It does not start.');
  const state = evolve(graph, null, { seq: 1, at: AT, events: begun.events });
  const [taskId = ''] = Object.keys(state.tasks);
  const complete: Command = { ...head, id: 'complete', type: 'task.complete', taskId, facts: {} };
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    let steps = 0;
    for (; performance.now() - began < ROUND_MS / 2; steps += 1) {
      const decision = decide(graph, state, complete);
      if (decision.kind !== 'accepted') throw new Error('It cannot be completed.');
      evolve(graph, state, { seq: 2, at: AT, events: decision.events });
    }
    return ((performance.now() - began) / steps) * 1_000;
  });
  return median(times);
}

const manyTasks = (count: number): string => `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="bench"><bpmn:process id="p" isExecutable="true">
  <bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
  <bpmn:userTask id="task"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="team:t"/></bpmn:extensionElements>
    <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>${count}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
  </bpmn:userTask>
  <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="task"/><bpmn:sequenceFlow id="b" sourceRef="task" targetRef="end"/>
</bpmn:process></bpmn:definitions>`;
