/**
 * Evaluates a compiled decision and the decisions it requires. Runs at the door and inside the workflow alike, so it reads no XML,
 * no clock and no locale. An unclear answer (two rules of a UNIQUE table, different results under ANY) is a failure, not a guess.
 */
import type { Moment } from '#core/feel/moment.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { evaluateInput, evaluateResult, testInput } from './cell.ts';
import type { CompiledDecision, DecisionTable, LiteralExpression } from './compiled.ts';
import { combineMatches, type Match } from './hit-policy.ts';

export type DecisionResult =
  | { readonly ok: true; readonly result: Json; readonly matchedRuleIds: readonly string[] }
  | { readonly ok: false; readonly message: string };

export function evaluateDecision(
  decisions: Readonly<Record<string, CompiledDecision>>,
  decisionId: string,
  context: JsonObject,
  moment: Moment,
): DecisionResult {
  const results = new Map<string, DecisionResult>();
  const evaluateOne = (id: string, path: readonly string[]): DecisionResult => {
    const known = results.get(id);
    if (known) return known;
    const decision = decisions[id];
    if (!decision) return failure(`There is no decision "${id}".`);
    if (path.includes(id)) return failure(`The decisions ${[...path, id].join(' → ')} require each other.`);
    const scope: Record<string, Json> = { ...context };
    for (const requiredId of decision.requires) {
      const required = evaluateOne(requiredId, [...path, id]);
      if (!required.ok) return required;
      scope[requiredId] = required.result;
      const variable = decisions[requiredId]?.variable;
      if (variable) scope[variable] = required.result;
    }
    const { logic } = decision;
    const result = logic.kind === 'literal' ? literal(id, logic, scope, moment) : table(id, logic, scope, moment);
    results.set(id, result);
    return result;
  };
  return evaluateOne(decisionId, []);
}

const failure = (message: string): DecisionResult => ({ ok: false, message });

function literal(id: string, logic: LiteralExpression, scope: JsonObject, moment: Moment): DecisionResult {
  const cell = evaluateResult(logic.expression, scope, moment);
  return cell.ok ? { ok: true, result: cell.value, matchedRuleIds: [] } : failure(`${id}: ${cell.message}`);
}

function table(id: string, logic: DecisionTable, scope: JsonObject, moment: Moment): DecisionResult {
  const inputs: unknown[] = [];
  for (const input of logic.inputs) {
    const cell = evaluateInput(input.expression, scope, moment);
    if (!cell.ok) return failure(`${id}, input ${input.id}: ${cell.message}`);
    inputs.push(cell.value);
  }
  const matches: Match[] = [];
  for (const rule of logic.rules) {
    const matched = matchesRule(rule.tests, inputs, scope, moment);
    if (!matched.ok) return failure(`${id}, rule ${rule.id}: ${matched.message}`);
    if (!matched.value) continue;
    const outputs = evaluateOutputs(rule.results, scope, moment);
    if (!outputs.ok) return failure(`${id}, rule ${rule.id}: ${outputs.message}`);
    matches.push({ ruleId: rule.id, outputs: outputs.value });
    if (logic.hitPolicy === 'FIRST') break;
  }
  const lists = evaluateOutputLists(logic, scope, moment);
  if (!lists.ok) return failure(`${id}: ${lists.message}`);
  const combined = combineMatches(logic, matches, lists.value);
  return combined.ok ? combined : failure(`${id}: ${combined.message}`);
}

function matchesRule(tests: readonly string[], inputs: readonly unknown[], scope: JsonObject, moment: Moment) {
  for (const [index, test] of tests.entries()) {
    const cell = testInput(test, inputs[index], scope, moment);
    if (!cell.ok) return cell;
    if (!cell.value) return { ok: true, value: false } as const;
  }
  return { ok: true, value: true } as const;
}

function evaluateOutputs(sources: readonly string[], scope: JsonObject, moment: Moment) {
  const values: Json[] = [];
  for (const source of sources) {
    const cell = evaluateResult(source, scope, moment);
    if (!cell.ok) return cell;
    values.push(cell.value);
  }
  return { ok: true, value: values } as const;
}

/** Allowed values in order (for PRIORITY and OUTPUT ORDER) and defaults of every output. */
function evaluateOutputLists(logic: DecisionTable, scope: JsonObject, moment: Moment) {
  const lists: { ranks: readonly Json[]; fallback: Json | undefined }[] = [];
  for (const output of logic.outputs) {
    const ranks = evaluateOutputs(output.values ?? [], scope, moment);
    if (!ranks.ok) return ranks;
    const fallback = output.default === undefined ? undefined : evaluateOutputs([output.default], scope, moment);
    if (fallback && !fallback.ok) return fallback;
    lists.push({ ranks: ranks.value, fallback: fallback?.value[0] });
  }
  return { ok: true, value: lists } as const;
}
