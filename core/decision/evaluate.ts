/**
 * Evaluates a compiled decision and the decisions it requires. Runs at the door and inside the workflow alike, so it reads no XML,
 * no clock and no locale. An unclear answer (two rules of a UNIQUE table, different results under ANY) is a failure, not a guess.
 */
import type { Moment } from '#core/feel/moment.ts';
import { whyStopped } from '#core/feel/run.ts';
import { notJson, toJson } from '#core/feel/to-json.ts';
import type { FeelContext, Value } from '#core/feel/value.ts';
import { weigh } from '#core/feel/weight.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { CompiledDecision } from './compiled.ts';
import { DecisionRun, type FiredRule, type Problem } from './decision-run.ts';
import { Frame } from './frame.ts';

export type DecisionResult =
  | { readonly ok: true; readonly result: Json; readonly matchedRuleIds: readonly string[]; readonly fired: readonly FiredRuleJson[] }
  | { readonly ok: false; readonly message: string };

/** A fired rule as it is kept with an instance. */
export interface FiredRuleJson {
  readonly decisionId: string;
  readonly ruleId: string;
  readonly rule: number;
  readonly annotation?: string;
  readonly inputs: readonly { readonly name: string; readonly value: Json }[];
  readonly outputs: readonly { readonly name: string; readonly value: Json }[];
}

type Decisions = Readonly<Record<string, CompiledDecision>>;

export function evaluateDecision(decisions: Decisions, decisionId: string, context: JsonObject, moment: Moment): DecisionResult {
  const { values, fired, problems } = evaluateValues(decisions, [decisionId], context, moment);
  const undecided = problems.find(({ code }) => code === 'UNDECIDED');
  if (undecided) return { ok: false, message: undecided.message };
  const result = toJson(values.get(decisionId) ?? null);
  if (result === notJson) return { ok: false, message: `${decisionId}: it gives a function or a range, which is not data.` };
  const matchedRuleIds = fired.filter((rule) => rule.decisionId === decisionId).map(({ ruleId }) => ruleId);
  return { ok: true, result, matchedRuleIds, fired: fired.map(firedJson) };
}

export interface Evaluated {
  readonly values: ReadonlyMap<string, Value>;
  readonly fired: readonly FiredRule[];
  readonly problems: readonly Problem[];
}

/** Several at once, with FEEL's own values on both sides: what they have in common is evaluated once. */
export function evaluateValues(decisions: Decisions, decisionIds: readonly string[], context: FeelContext, moment: Moment): Evaluated {
  const run = new DecisionRun(moment);
  const frame = Frame.of(decisions, context);
  const values = new Map<string, Value>();
  for (const id of decisionIds) values.set(id, evaluateOne(decisions, id, frame, run));
  return { values, fired: run.fired, problems: run.problems };
}

function evaluateOne(decisions: Decisions, id: string, frame: Frame, run: DecisionRun): Value {
  const decision = decisions[id];
  if (!decision || decision.element === 'businessKnowledgeModel') return run.fail(`There is no decision "${id}".`);
  try {
    const value = frame.evaluate(id, run);
    weigh(value, run);
    return value;
  } catch (error) {
    const why = whyStopped(error);
    if (why === null) throw error;
    return run.fail(`${id}: it ${why}.`);
  }
}

const firedJson = ({ inputs, outputs, ...rule }: FiredRule): FiredRuleJson => ({
  ...rule,
  inputs: inputs.map(({ name, value }) => ({ name, value: shown(value) })),
  outputs: outputs.map(({ name, value }) => ({ name, value: shown(value) })),
});

/** A function or a range has no JSON; it is seen as null beside the rule. */
function shown(value: Value): Json {
  const json = toJson(value);
  return json === notJson ? null : json;
}
