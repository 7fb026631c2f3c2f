/** What was decided, as JSON that tools read and as lines that people read. */
import { jsonText, type NumberedJson } from '#core/feel/json-text.ts';
import { toTypedJson } from '#core/feel/typed-json.ts';
import type { Value } from '#core/feel/value.ts';
import type { CompiledDecision } from './compiled.ts';
import type { FiredRule, NamedValue, Problem } from './decision-run.ts';

export interface Explanation {
  readonly result: NumberedJson;
  readonly fired: readonly ExplainedRule[];
  readonly errors: readonly ExplainedError[];
}

export interface ExplainedRule {
  readonly decisionId: string;
  /** The name of the decision. */
  readonly decision: string;
  readonly ruleId: string;
  /** Its place in the table, from 1. */
  readonly rule: number;
  readonly annotation?: string;
  readonly inputs: readonly { readonly name: string; readonly value: NumberedJson }[];
  readonly outputs: readonly { readonly name: string; readonly value: NumberedJson }[];
}

export interface ExplainedError {
  readonly decisionId: string;
  readonly code: string;
  readonly message: string;
}

type Decisions = Readonly<Record<string, CompiledDecision>>;

/** `value` is that of the decision, or of all by name. */
export function explained(
  decisions: Decisions,
  value: Value,
  { fired, problems }: { readonly fired: readonly FiredRule[]; readonly problems: readonly Problem[] },
): Explanation {
  const result = toTypedJson(value);
  const errors = problems.filter(isError);
  return {
    result: result === undefined ? null : result,
    fired: fired.map((rule) => explainedRule(decisions, rule)),
    errors:
      result === undefined
        ? [...errors, { decisionId: '', code: 'UNDECIDED', message: 'The result is a function, which is no data.' }]
        : errors,
  };
}

/** `list[1]` is the first item, if there is one. */
const isError = ({ code }: Problem): boolean => code !== 'NO_ITEM_FOUND';

function explainedRule(decisions: Decisions, { inputs, outputs, ...rule }: FiredRule): ExplainedRule {
  const decision = decisions[rule.decisionId];
  return { ...rule, decision: decision ? nameOf(decision) : rule.decisionId, inputs: inputs.map(named), outputs: outputs.map(named) };
}

const named = ({ name, value }: NamedValue) => ({ name, value: toTypedJson(value) ?? null });

export const nameOf = (decision: CompiledDecision): string => decision.variable ?? decision.name['zh-CN'];

/** As one line of JSON. */
export const explanationText = ({ result, fired, errors }: Explanation): string =>
  jsonText({ result, fired: fired.map((rule) => ({ ...rule })), errors: errors.map((error) => ({ ...error })) });

export function explanationLines({ result, fired, errors }: Explanation): readonly string[] {
  return [
    jsonText(result, 2),
    ...fired.map(({ decision, rule, ruleId, annotation, inputs, outputs }) => {
      const note = annotation === undefined ? '' : `\n    ${annotation}`;
      return `${decision}: rule ${rule} (${ruleId}) on ${listed(inputs)} → ${listed(outputs)}${note}`;
    }),
    ...errors.map(({ decisionId, code, message }) => `${decisionId}: error: ${message} [${code}]`),
  ];
}

const listed = (values: readonly { readonly name: string; readonly value: NumberedJson }[]): string =>
  values.map(({ name, value }) => (name === '' ? shown(value) : `${name} = ${shown(value)}`)).join(', ') || 'nothing';

/** A typed value by its text alone. */
function shown(value: NumberedJson): string {
  const isTyped = typeof value === 'object' && value !== null && 'type' in value && 'value' in value;
  return isTyped ? String(value.value) : jsonText(value);
}
