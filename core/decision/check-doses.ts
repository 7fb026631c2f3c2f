/** Dose arithmetic is never FEEL: operators, orders and functions of numbers on what is declared as a dose are refused. */
import { type FeelNode, nameOf } from '#core/feel/tree.ts';
import type { FeelType } from '#core/feel/type.ts';
import type { DecisionTable } from './compiled.ts';
import { inferType, isDoseType } from './infer-type.ts';
import type { Report } from './report.ts';
import type { DecisionText } from './texts.ts';

const OF_NUMBERS =
  /^(number|sum|mean|min|max|product|median|stddev|mode|abs|modulo|decimal|floor|ceiling|round (up|down|half up|half down)|sqrt|log|exp|odd|even|sort)$/;

export function checkDoses(tables: readonly DecisionTable[], texts: readonly DecisionText[], report: Report): void {
  for (const { tree, names, elementId, source } of texts) {
    const fault = doseFault(tree, names);
    if (fault !== null)
      report(
        elementId,
        'dose-arithmetic',
        `"${source}" uses ${fault} on a dose; use a function on doses, such as dose per weight(…) or dose exceeds(…).`,
        `“${source}”对剂量使用了 ${fault}，请改用剂量函数，如 dose per weight(…)、dose exceeds(…)。`,
      );
  }
  for (const table of tables) checkColumns(table, texts, report);
}

function doseFault(node: FeelNode, names: ReadonlyMap<string, FeelType>): string | null {
  const isDose = (child: FeelNode): boolean => isDoseType(inferType(child, names));
  const operator = node.children.find(({ name }) => name === 'ArithOp' || name === 'CompareOp' || name === 'between');
  if ((node.name === 'ArithmeticExpression' || node.name === 'Comparison') && operator && node.children.some(isDose)) return operator.text;
  const [callee] = node.children;
  const given = node.children.find(({ name }) => name === 'PositionalParameters' || name === 'NamedParameters');
  if (node.name === 'FunctionInvocation' && callee && OF_NUMBERS.test(nameOf(callee)) && given && values(given).some(isDose))
    return nameOf(callee);
  for (const child of node.children) {
    const fault = doseFault(child, names);
    if (fault !== null) return fault;
  }
  return null;
}

/** A list that is written there is as good as its items. */
const values = (node: FeelNode): readonly FeelNode[] =>
  node.children.flatMap((child) => (child.name === 'List' || child.name === 'NamedParameter' ? values(child) : [child]));

/** A cell compares, and doses are texts: "9" comes after "10". */
function checkColumns({ inputs, rules }: DecisionTable, texts: readonly DecisionText[], report: Report): void {
  for (const [column, { id, expression }] of inputs.entries()) {
    const text = texts.find(({ elementId, source }) => elementId === id && source === expression);
    if (!text || !isDoseType(inferType(text.tree, text.names))) continue;
    if (rules.every(({ tests }) => tests[column] === '-' || tests[column] === '')) continue;
    report(
      id,
      'dose-arithmetic',
      `The column "${expression}" compares doses as texts; let its expression be dose exceeds(…) or dose equals(…).`,
      `“${expression}”列把剂量当作文字比较，请在列表达式中使用 dose exceeds(…) 或 dose equals(…)。`,
    );
  }
}
