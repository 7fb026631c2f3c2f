/** Dose arithmetic is never FEEL: operators, orders and functions of numbers on what is declared as a dose are refused. */
import { type FeelNode, nameOf } from '#core/feel/tree.ts';
import type { DecisionTable } from './compiled.ts';
import { argumentsOf, inferType, isDoseType, type Names, partsOf } from './infer-type.ts';
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

function doseFault(node: FeelNode, names: Names): string | null {
  const isDose = (child: FeelNode): boolean => isDoseType(inferType(child, names));
  const operator = node.children.find(({ name }) => OPERATORS.test(name));
  if ((node.name === 'ArithmeticExpression' || node.name === 'Comparison') && operator && node.children.some(isDose)) return operator.text;
  const [callee] = node.children;
  if (
    node.name === 'FunctionInvocation' &&
    callee &&
    OF_NUMBERS.test(nameOf(callee)) &&
    values(argumentsOf(node)).some((value) => isDose(value) || isDoseText(value, isDose))
  )
    return nameOf(callee);
  for (const { part, names: seen } of partsOf(node, names)) {
    const fault = doseFault(part, seen);
    if (fault !== null) return fault;
  }
  return null;
}

const OPERATORS = /^(ArithOp|CompareOp|between|in)$/;

/** A text made of a dose may be read, but is no number either. */
const isDoseText = (node: FeelNode, isDose: (node: FeelNode) => boolean): boolean =>
  node.name === 'FunctionInvocation' &&
  OF_TEXTS.test(nameOf(node.children[0] ?? node)) &&
  argumentsOf(node).some((value) => isDose(value) || isDoseText(value, isDose));

const OF_TEXTS = /^(string|substring|substring before|substring after|replace|string join|split|upper case|lower case)$/;

/** A list that is written there is as good as its items. */
const values = (nodes: readonly FeelNode[]): readonly FeelNode[] =>
  nodes.flatMap((node) => (node.name === 'List' ? values(node.children) : [node]));

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
