/** Decision tables as JSON (DMN 1.5, chapter 8). */
import type { DecisionTable, HitPolicy, Logic } from './compiled.ts';
import { type DmnElement, elementAt, elementsAt, textAt } from './read-dmn.ts';
import { literalText, type Reading, typeAtElement } from './reading.ts';
import { splitTests } from './split-tests.ts';

export function compileTable(element: DmnElement, reading: Reading): Logic {
  const { ownerId, report } = reading;
  const inputs = elementsAt(element, 'input').map((input, index) => {
    const expression = elementAt(input, 'inputExpression');
    const type = expression && typeAtElement(expression, reading);
    const allowed = textAt(elementAt(input, 'inputValues'), 'text');
    const label = textAt(input, 'label');
    return {
      id: input.id ?? `${ownerId}-input-${index + 1}`,
      expression: literalText(expression, reading),
      ...(label === undefined ? {} : { label }),
      ...(type ? { type } : {}),
      ...(allowed === undefined ? {} : { allowed }),
    };
  });
  const outputs = elementsAt(element, 'output').map((output, index) => {
    const type = typeAtElement(output, reading);
    const values = splitTests(textAt(elementAt(output, 'outputValues'), 'text') ?? '');
    const label = textAt(output, 'label');
    const fallback = textAt(elementAt(output, 'defaultOutputEntry'), 'text');
    return {
      id: output.id ?? `${ownerId}-output-${index + 1}`,
      name: output.name ?? '',
      ...(label === undefined ? {} : { label }),
      ...(type ? { type } : {}),
      ...(values.length > 0 ? { values } : {}),
      ...(fallback === undefined ? {} : { default: fallback }),
    };
  });
  const rules = elementsAt(element, 'rule').map((rule, index) => compileRule(rule, rule.id ?? `${ownerId}-rule-${index + 1}`, reading));
  const aggregation = textAt(element, 'aggregation') as DecisionTable['aggregation'];
  const table: DecisionTable = {
    kind: 'table',
    // The XML writes the policy in words, UNIQUE when it is absent.
    hitPolicy: (textAt(element, 'hitPolicy') ?? 'UNIQUE') as HitPolicy,
    ...(aggregation ? { aggregation } : {}),
    inputs,
    outputs,
    rules,
  };
  checkTable(element.id ?? ownerId, table, report);
  return table;
}

function compileRule(rule: DmnElement, id: string, reading: Reading): DecisionTable['rules'][number] {
  const cells = (name: string): readonly string[] => elementsAt(rule, name).map((cell) => literalText(cell, reading));
  const notes = elementsAt(rule, 'annotationEntry').map((note) => textAt(note, 'text') ?? '');
  const annotation = notes.filter(Boolean).join('; ') || textAt(rule, 'description');
  return { id, tests: cells('inputEntry'), results: cells('outputEntry'), ...(annotation ? { annotation } : {}) };
}

const HIT_POLICIES: readonly string[] = [
  'UNIQUE',
  'FIRST',
  'PRIORITY',
  'ANY',
  'COLLECT',
  'RULE ORDER',
  'OUTPUT ORDER',
] satisfies HitPolicy[];

const AGGREGATIONS: readonly string[] = ['SUM', 'COUNT', 'MIN', 'MAX'] satisfies NonNullable<DecisionTable['aggregation']>[];

function checkTable(id: string, table: DecisionTable, report: Reading['report']): void {
  const { outputs, rules, inputs, hitPolicy } = table;
  if (!HIT_POLICIES.includes(hitPolicy))
    report(id, 'decision-hit-policy', `Unknown hit policy "${hitPolicy}".`, `未知的命中策略“${hitPolicy}”。`);
  if (table.aggregation && !AGGREGATIONS.includes(table.aggregation))
    report(id, 'decision-aggregation', `Unknown aggregation "${table.aggregation}".`, `未知的聚合方式“${table.aggregation}”。`);
  if (outputs.length === 0) report(id, 'decision-output', 'The table has no output.', '决策表没有输出列。');
  if (rules.length === 0)
    report(id, 'decision-rules', 'The table has no rule, so it never decides anything.', '决策表没有规则。', 'warning');
  const names = outputs.map((output) => output.name);
  if (outputs.length > 1 && (names.includes('') || new Set(names).size < names.length)) {
    report(id, 'decision-output', 'With several outputs each needs a name of its own.', '有多个输出列时，每列须有不同的名称。');
  }
  if (table.aggregation && (hitPolicy !== 'COLLECT' || (outputs.length > 1 && table.aggregation !== 'COUNT'))) {
    report(id, 'decision-aggregation', 'Aggregation needs COLLECT and a single output.', '聚合只能用于单一输出列的 COLLECT 表。');
  }
  if ((hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER') && !outputs.some((output) => output.values)) {
    report(id, 'decision-priority', `${hitPolicy} needs the output values in order of priority.`, `${hitPolicy} 需要按优先级列出输出值。`);
  }
  for (const rule of rules) {
    if (rule.tests.length === inputs.length && rule.results.length === outputs.length) continue;
    report(rule.id, 'decision-cells', 'The rule does not have one cell for each column.', '规则的单元格数与列数不一致。');
  }
}
