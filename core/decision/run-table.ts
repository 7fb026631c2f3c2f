/** A decision table as a function: its texts are read once. Every rule that is used is told with the values that it matched. */
import type { Code, Test } from '#core/feel/code.ts';
import { satisfiesIn } from '#core/feel/compile.ts';
import type { Scope } from '#core/feel/scope.ts';
import { coerce } from '#core/feel/type.ts';
import { isList, kindOf, type Value } from '#core/feel/value.ts';
import type { DecisionTable } from './compiled.ts';
import { DecisionRun } from './decision-run.ts';
import { combineMatches, type Match, type OutputList } from './hit-policy.ts';
import { type Place, readExpression, readTests } from './read-text.ts';

export function readTable(table: DecisionTable, place: Place): Code {
  const inputs = table.inputs.map((input) => ({ ...input, code: readExpression(input.expression, { ...place, isAskedFor: true }) }));
  const allowed = table.inputs.map(({ allowed }) => (allowed === undefined ? null : readTests(allowed, place)));
  const outputs = table.outputs.map((output) => ({
    ranks: (output.values ?? []).map((source) => readExpression(source, place)),
    allowed: output.values === undefined ? null : readTests(output.values.join(', '), place),
    fallback: output.default === undefined ? undefined : readExpression(output.default, place),
  }));
  const rules = table.rules.map((rule) => ({
    id: rule.id,
    tests: rule.tests.map((test) => readTests(test, place)),
    results: rule.results.map((source) => readExpression(source, place)),
  }));
  const hasRanks = table.hitPolicy === 'PRIORITY' || table.hitPolicy === 'OUTPUT ORDER';

  return (scope, run) => {
    if (!(run instanceof DecisionRun)) throw new Error('A decision table is evaluated by a run of decisions.');
    const failed = (message: string): null => run.fail(`${place.ownerId}: ${message}`);
    const values: Value[] = [];
    for (const [index, input] of inputs.entries()) {
      const given = input.code(scope, run);
      const value = input.type ? coerce(given, input.type, satisfiesIn(run)) : given;
      // No cell could tell it from any other, and `not(…)` and `-` would hold.
      if (value === undefined) return failed(`the column "${input.label ?? input.expression}" does not take this ${kindOf(given)}.`);
      if (value !== null && allowed[index]?.(value, scope, run) === false)
        return failed(`the value of ${input.label ?? input.expression} is not among those that are allowed.`);
      values.push(value);
    }
    const matches: Match[] = [];
    for (const [index, rule] of rules.entries()) {
      if (!isMatch(rule.tests, values, scope, run)) continue;
      const given = rule.results.map((code, column) => outputOf(table, column, code(scope, run), run));
      const undeclared = outputs.findIndex(({ allowed }, column) => allowed && !isAllowed(allowed, given[column] ?? null, scope, run));
      if (undeclared !== -1) return failed(`rule ${rule.id} gives ${nameOf(table, undeclared)} a value that is not among those declared.`);
      matches.push({ ruleId: rule.id, index, outputs: given });
      if (table.hitPolicy === 'FIRST') break;
    }
    const lists: OutputList[] = outputs.map(({ ranks, fallback }, column) => ({
      ranks: hasRanks ? ranks.map((code) => code(scope, run)) : [],
      fallback: matches.length === 0 && fallback ? outputOf(table, column, fallback(scope, run), run) : undefined,
    }));
    const unknown = outputs.findIndex(({ allowed }, column) => allowed && !isAllowed(allowed, lists[column]?.fallback ?? null, scope, run));
    if (unknown !== -1) return failed(`the default of ${nameOf(table, unknown)} is not among the values declared.`);
    const combined = combineMatches(table, matches, lists);
    if (!combined.ok) return failed(combined.message);
    for (const match of combined.used) run.fired.push(firedRule(table, match, { values, ownerId: place.ownerId }));
    return combined.result;
  };
}

function isMatch(tests: readonly Test[], values: readonly Value[], scope: Scope, run: DecisionRun): boolean {
  for (let column = 0; column < tests.length; column += 1) {
    if (tests[column]?.(values[column] ?? null, scope, run) !== true) return false;
  }
  return true;
}

/** Of a list its items are, and nothing is always. */
function isAllowed(allowed: Test, value: Value, scope: Scope, run: DecisionRun): boolean {
  if (isList(value)) return value.every((item) => isAllowed(allowed, item, scope, run));
  return value === null || allowed(value, scope, run) === true;
}

function nameOf({ outputs }: DecisionTable, column: number): string {
  const name = outputs[column]?.name ?? '';
  return name === '' ? 'its output' : `"${name}"`;
}

function outputOf(table: DecisionTable, column: number, value: Value, run: DecisionRun): Value {
  const { type, name } = table.outputs[column] ?? {};
  if (!type) return value;
  const fitting = coerce(value, type, satisfiesIn(run));
  return fitting === undefined ? run.warn('INVALID_TYPE', `The output "${name}" does not take this ${kindOf(value)}.`) : fitting;
}

function firedRule(
  table: DecisionTable,
  match: Match,
  { values, ownerId }: { readonly values: readonly Value[]; readonly ownerId: string },
) {
  const annotation = table.rules[match.index]?.annotation;
  return {
    decisionId: ownerId,
    ruleId: match.ruleId,
    rule: match.index + 1,
    ...(annotation === undefined ? {} : { annotation }),
    inputs: table.inputs.map(({ label, expression }, index) => ({ name: label ?? expression, value: values[index] ?? null })),
    outputs: table.outputs.map(({ name }, index) => ({ name, value: match.outputs[index] ?? null })),
  };
}
