/** How often a second rules decide, on one thread: the dispatch table of the consult, beside the same table by feelin alone, in turns. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { evaluate, unaryTest } from 'feelin';
import { ROOT } from '#bin/start/applications.ts';
import { compileDmn } from '#core/decision/compile.ts';
import type { CompiledDecision, DecisionTable } from '#core/decision/compiled.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;
const ROUND_MS = 400;
const DECISION = 'consult-dispatch';
const MOMENT = { at: '2026-03-01T01:00:00.000Z', zone: 'Asia/Shanghai' };

type Decisions = Readonly<Record<string, CompiledDecision>>;

/** The first rule, one in the middle, the last. */
const CONTEXTS: readonly JsonObject[] = [
  { subkind: 'mdt', urgency: 'emergency', specialty: 'general' },
  { subkind: 'difficult', urgency: 'routine', specialty: 'cardiology' },
  { subkind: 'difficult', urgency: 'routine', specialty: 'dermatology' },
].map((facts) => ({ ...facts, networkCondition: 'normal', starter: { person: 'p', organisation: 'o', tier: 'county' } }));

export async function measureDecision(say: (text: string) => void): Promise<void> {
  const { decisions } = await compileDmn(readFileSync(path.join(ROOT, 'flows/consult/dispatch.dmn'), 'utf8'));
  // As they come from the database.
  const kept: Decisions = JSON.parse(JSON.stringify(decisions));
  for (const context of CONTEXTS) assertSame(kept, context);
  say('\nThe dispatch table of the consult, one thread, evaluations a second of the processor, median of 7: ours · feelin alone · ratio');
  for (const [index, context] of CONTEXTS.entries()) {
    const ours: number[] = [];
    const others: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(rateOf(() => evaluateDecision(kept, DECISION, context, MOMENT)));
      others.push(rateOf(() => byFeelin(kept, DECISION, context)));
    }
    const [own, other] = [median(ours), median(others)];
    const rule = ['first rule', 'middle rule', 'last rule'][index] ?? '';
    say(`${rule.padEnd(20)} ${shown(own)} · ${shown(other)} · ${(own / other).toFixed(0)}`);
  }
}

const shown = (rate: number): string => Math.round(rate).toLocaleString('en');

/** By the processor's time: others may be on the machine. */
function rateOf(evaluateOnce: () => unknown): number {
  const [began, used] = [performance.now(), process.cpuUsage()];
  let times = 0;
  while (performance.now() - began < ROUND_MS) {
    evaluateOnce();
    times += 1;
  }
  const { user, system } = process.cpuUsage(used);
  return (times / (user + system)) * 1_000_000;
}

function assertSame(decisions: Decisions, context: JsonObject): void {
  const own = evaluateDecision(decisions, DECISION, context, MOMENT);
  const other = byFeelin(decisions, DECISION, context);
  if (!own.ok || JSON.stringify(own.result) !== JSON.stringify(other))
    throw new Error('The two evaluations differ, so their times say nothing.');
}

/** What a table on feelin does: every cell is parsed when it is asked. Both tables are FIRST. */
function byFeelin(decisions: Decisions, id: string, context: JsonObject): Json {
  const decision = decisions[id];
  const table = decision?.logic.kind === 'table' ? decision.logic : null;
  if (!decision || !table) throw new Error(`${id} is no table.`);
  const scope: Record<string, Json> = { ...context };
  for (const required of decision.requires) scope[decisions[required]?.variable ?? required] = byFeelin(decisions, required, context);
  const inputs = table.inputs.map(({ expression }) => evaluate(expression, scope).value);
  const rule = table.rules.find(({ tests }) => tests.every((test, column) => test === '-' || matches(test, inputs[column], scope)));
  return rule ? outputsOf(table, rule.results, scope) : null;
}

const matches = (test: string, input: unknown, scope: JsonObject): boolean =>
  unaryTest(test, { ...scope, '?': input ?? null }).value === true;

const outputsOf = (table: DecisionTable, results: readonly string[], scope: JsonObject): Json =>
  Object.fromEntries(table.outputs.map(({ name }, column) => [name, (evaluate(results[column] ?? 'null', scope).value ?? null) as Json]));
