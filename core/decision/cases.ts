/**
 * Examples of decisions: inputs with the result that they must have, as typed JSON. A number is compared as a number, so 0.1 + 0.2 is 0.3.
 */
import { z } from 'zod';
import { isEqual } from '#core/feel/compare.ts';
import { jsonText, type NumberedJson, UnheldNumber } from '#core/feel/json-text.ts';
import type { Moment } from '#core/feel/moment.ts';
import { isNumber } from '#core/feel/number.ts';
import { fromTypedJson } from '#core/feel/typed-json.ts';
import { isContext, type Value } from '#core/feel/value.ts';
import type { CompiledDecision } from './compiled.ts';
import { evaluateValues } from './evaluate.ts';
import { type Explanation, explained, nameOf } from './explain.ts';

const json: z.ZodType<NumberedJson> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.string(),
    z.custom<NumberedJson>((value) => isNumber(value) || value instanceof UnheldNumber),
    z.array(json),
    z.record(z.string(), json),
  ]),
);

const caseSchema = z.strictObject({
  name: z.string(),
  /** Name or id; absent: the one of the file. */
  decision: z.string().optional(),
  input: z.record(z.string(), json).default({}),
  /** Absent where only the rules or an error are of interest. */
  result: json.optional(),
  /** Ids of the rules that must have fired, in order. */
  rules: z.array(z.string()).optional(),
  /** There must be an error. */
  isError: z.boolean().default(false),
});

const fileSchema = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  zone: z.string().optional(),
  cases: z.array(caseSchema).min(1),
});

export type DecisionCases = z.infer<typeof fileSchema>;

/** Throws what zod throws. */
export const parseCases = (input: unknown): DecisionCases => fileSchema.parse(input);

export interface CaseResult {
  readonly name: string;
  readonly problems: readonly string[];
  readonly explanation: Explanation | null;
}

type Decisions = Readonly<Record<string, CompiledDecision>>;

export const runCases = (decisions: Decisions, { cases }: DecisionCases, moment: Moment): readonly CaseResult[] =>
  cases.map((one) => runCase(decisions, one, moment));

function runCase(
  decisions: Decisions,
  { name, decision, input, result, rules, isError }: DecisionCases['cases'][number],
  moment: Moment,
): CaseResult {
  const found = findDecision(decisions, decision);
  if (!found) return { name, problems: [`there is no one decision "${decision ?? ''}"`], explanation: null };
  const context = fromTypedJson(input);
  const { values, ...told } = evaluateValues(decisions, [found.id], isContext(context) ? context : {}, moment);
  const value = values.get(found.id) ?? null;
  const explanation = explained(decisions, value, told);
  const fired = explanation.fired.map(({ ruleId }) => ruleId);
  const problems = [
    ...(result !== undefined && !isSame(fromTypedJson(result), value)
      ? [`result ${jsonText(explanation.result)}, not ${jsonText(result)}`]
      : []),
    ...(rules && rules.join() !== fired.join() ? [`rules ${fired.join(', ') || 'none'}, not ${rules.join(', ') || 'none'}`] : []),
    ...(isError && explanation.errors.length === 0 ? ['no error'] : []),
    ...(isError ? [] : explanation.errors.map(({ message }) => `error: ${message}`)),
  ];
  return { name, problems, explanation };
}

const isSame = (a: Value, b: Value): boolean => isEqual(a, b) === true;

/** As `decisionsCalled`, where it is one. */
export function findDecision(decisions: Decisions, wanted: string | undefined): CompiledDecision | undefined {
  const [found, ...more] = decisionsCalled(decisions, wanted);
  return more.length === 0 ? found : undefined;
}

/** By id, else by name or name of its variable, which several may share; without one, those that no other requires. */
export function decisionsCalled(decisions: Decisions, wanted: string | undefined): readonly CompiledDecision[] {
  const own = Object.values(decisions).filter(({ id, element }) => !id.includes('#') && element !== 'businessKnowledgeModel');
  if (wanted !== undefined) {
    const byId = own.filter(({ id }) => id === wanted);
    const isNamed = (decision: CompiledDecision): boolean =>
      nameOf(decision) === wanted || decision.name['zh-CN'] === wanted || decision.name.en === wanted;
    return byId.length > 0 ? byId : own.filter(isNamed);
  }
  const required = new Set(own.flatMap(({ requires }) => requires));
  return own.filter(({ id, element }) => element === undefined && !required.has(id));
}

/** What must be known for these to be decided, they themselves first. */
export function requiredBy(decisions: Decisions, ids: readonly string[]): ReadonlySet<string> {
  const found = new Set(ids);
  for (const id of found) {
    const { requires = [], logic } = decisions[id] ?? {};
    for (const key of [...requires, ...(logic?.kind === 'service' ? logic.outputs : [])]) found.add(key);
  }
  return found;
}
