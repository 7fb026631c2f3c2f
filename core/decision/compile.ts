/**
 * DMN XML → compiled decisions, or findings. Reads DMN 1.1 to 1.5; compiles decision tables and literal expressions in FEEL. Whatever it
 * cannot evaluate is named in a finding, never left out in silence. Stays outside the workflow: the graph carries its result.
 */
import { DmnModdle } from 'dmn-moddle';
import type { Finding } from '#core/bpmn/finding.ts';
import { syntaxErrorOf } from './cell.ts';
import type { CompiledDecision, DecisionTable, HitPolicy, LiteralExpression } from './compiled.ts';
import { splitTests } from './split-tests.ts';

export interface CompiledDecisions {
  readonly decisions: Readonly<Record<string, CompiledDecision>>;
  readonly findings: readonly Finding[];
}

export async function compileDmn(xml: string): Promise<CompiledDecisions> {
  const findings: Finding[] = [];
  const report: Report = (elementId, rule, message, messageZh, severity = 'error') =>
    findings.push({ elementId, rule, severity, message, messageZh });
  const root = await parse(xml, report);
  const decisions: Record<string, CompiledDecision> = {};
  for (const element of root?.drgElement ?? []) {
    if (element.$type === 'dmn:Decision') {
      if (decisions[element.id])
        report(element.id, 'decision-id', `Two decisions have the id "${element.id}".`, `决策编号“${element.id}”重复。`);
      const compiled = compileDecision(element, report);
      if (compiled) decisions[element.id] = compiled;
    } else if (element.$type !== 'dmn:InputData' && element.$type !== 'dmn:KnowledgeSource') {
      const type = element.$type.replace('dmn:', '');
      report(element.id, 'decision-unsupported', `${type} "${element.name ?? element.id}" is not supported.`, `不支持 ${type}。`);
    }
  }
  checkRequirements(decisions, report);
  return { decisions, findings };
}

export type Report = (elementId: string, rule: string, message: string, messageZh: string, severity?: 'error' | 'warning') => void;

/** The parser knows DMN 1.3; the parts that we compile read the same in the versions around it. */
const asDmn13 = (xml: string): string =>
  xml.replace(/https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/(MODEL\/|DMNDI\/|dmn\.xsd)/gi, 'https://www.omg.org/spec/DMN/20191111/$1');

async function parse(xml: string, report: Report): Promise<DmnDefinitions | null> {
  try {
    const { rootElement, warnings } = await new DmnModdle().fromXML(asDmn13(xml));
    for (const warning of warnings) {
      report(rootElement.id ?? 'definitions', 'dmn-xml', firstLine(warning.message), `DMN 文件无法完整读取：${firstLine(warning.message)}`);
    }
    return rootElement;
  } catch (error) {
    const message = firstLine(error instanceof Error ? error.message : String(error));
    report('definitions', 'dmn-xml', `This is not a DMN file: ${message}.`, `不是有效的 DMN 文件：${message}`);
    return null;
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

function compileDecision(decision: DmnElement, report: Report): CompiledDecision | null {
  const logic = decision.decisionLogic;
  if (!logic) {
    report(
      decision.id,
      'decision-empty',
      `Decision "${decision.id}" has no table and no expression.`,
      `决策“${decision.id}”没有决策表或表达式。`,
    );
    return null;
  }
  if (decision.knowledgeRequirement?.length) {
    report(decision.id, 'decision-unsupported', 'Business knowledge models are not supported.', '不支持业务知识模型（BKM）。');
  }
  const compiled = compileLogic(decision.id, logic, report);
  if (!compiled) return null;
  const english = decision.$attrs ? Object.entries(decision.$attrs).find(([name]) => name.endsWith(':nameEn'))?.[1] : undefined;
  const name = decision.name ?? decision.id;
  return {
    id: decision.id,
    name: english ? { 'zh-CN': name, en: english } : { 'zh-CN': name },
    ...variableOf(decision),
    requires: (decision.informationRequirement ?? []).flatMap(({ requiredDecision }) =>
      requiredDecision ? [requiredDecision.href.replace(/^.*#/, '')] : [],
    ),
    logic: compiled,
  };
}

function variableOf(decision: DmnElement): { variable?: string } {
  const variable = decision.variable?.name ?? decision.name;
  return variable && variable !== decision.id ? { variable } : {};
}

function compileLogic(decisionId: string, logic: DmnLogic, report: Report): DecisionTable | LiteralExpression | null {
  if (logic.$type === 'dmn:LiteralExpression') {
    checkLanguage(decisionId, logic, report);
    const expression = textOf(logic);
    checkSyntax(decisionId, expression, 'expression', report);
    return { kind: 'literal', expression };
  }
  if (logic.$type === 'dmn:DecisionTable') return compileTable(decisionId, logic, report);
  const type = logic.$type.replace('dmn:', '');
  report(
    decisionId,
    'decision-unsupported',
    `Boxed ${type} is not supported; use a decision table or a literal expression.`,
    `不支持 ${type}。`,
  );
  return null;
}

function compileTable(decisionId: string, table: DmnLogic, report: Report): DecisionTable {
  const inputs = (table.input ?? []).map((input, index) => {
    const id = input.id ?? `${decisionId}-input-${index + 1}`;
    if (input.inputExpression) checkLanguage(id, input.inputExpression, report);
    const expression = textOf(input.inputExpression);
    checkSyntax(id, expression, 'expression', report);
    return { id, expression, ...(input.label ? { label: input.label } : {}) };
  });
  const outputs = (table.output ?? []).map((output, index) => {
    const id = output.id ?? `${decisionId}-output-${index + 1}`;
    const values = output.outputValues ? splitTests(textOf(output.outputValues)) : [];
    for (const value of values) checkSyntax(id, value, 'expression', report);
    const fallback = output.defaultOutputEntry ? textOf(output.defaultOutputEntry) : '';
    if (fallback) checkSyntax(id, fallback, 'expression', report);
    return { id, name: output.name ?? '', ...(values.length > 0 ? { values } : {}), ...(fallback ? { default: fallback } : {}) };
  });
  const rules = (table.rule ?? []).map((rule, index) => compileRule(rule, rule.id ?? `${decisionId}-rule-${index + 1}`, report));
  const compiled: DecisionTable = {
    kind: 'table',
    // The XML writes the policy in words, UNIQUE when it is absent.
    hitPolicy: (table.hitPolicy ?? 'UNIQUE') as HitPolicy,
    ...(table.aggregation ? { aggregation: table.aggregation } : {}),
    inputs,
    outputs,
    rules,
  };
  checkTable(decisionId, compiled, report);
  return compiled;
}

function compileRule(rule: DmnRule, id: string, report: Report): DecisionTable['rules'][number] {
  const tests = (rule.inputEntry ?? []).map((entry) => {
    checkLanguage(id, entry, report);
    checkSyntax(id, textOf(entry), 'test', report);
    return textOf(entry);
  });
  const results = (rule.outputEntry ?? []).map((entry) => {
    checkLanguage(id, entry, report);
    if (textOf(entry)) checkSyntax(id, textOf(entry), 'expression', report);
    return textOf(entry);
  });
  const annotation = rule.annotationEntry?.map(textOf).filter(Boolean).join('; ') || rule.description;
  return { id, tests, results, ...(annotation ? { annotation } : {}) };
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

function checkTable(id: string, table: DecisionTable, report: Report): void {
  const { outputs, rules, inputs, hitPolicy } = table;
  if (!HIT_POLICIES.includes(hitPolicy))
    report(id, 'decision-hit-policy', `Unknown hit policy "${hitPolicy}".`, `未知的命中策略“${hitPolicy}”。`);
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

function checkRequirements(decisions: Readonly<Record<string, CompiledDecision>>, report: Report): void {
  const isCyclic = (id: string, path: readonly string[]): boolean =>
    path.includes(id) || (decisions[id]?.requires ?? []).some((required) => isCyclic(required, [...path, id]));
  for (const decision of Object.values(decisions)) {
    for (const required of decision.requires) {
      if (decisions[required]) continue;
      report(
        decision.id,
        'decision-requirement',
        `It requires "${required}", which is not in this file.`,
        `所需的决策“${required}”不在此文件中。`,
      );
    }
    if (isCyclic(decision.id, []))
      report(decision.id, 'decision-cycle', 'It requires itself, directly or through others.', '决策之间循环依赖。');
  }
}

function checkLanguage(id: string, expression: { readonly expressionLanguage?: string }, report: Report): void {
  const language = expression.expressionLanguage;
  if (!language || /feel/i.test(language)) return;
  report(
    id,
    'decision-language',
    `The expression language "${language}" is not supported; write FEEL.`,
    `不支持表达式语言“${language}”，请使用 FEEL。`,
  );
}

function checkSyntax(id: string, source: string, kind: 'expression' | 'test', report: Report): void {
  const error = syntaxErrorOf(source, kind);
  if (error !== null) report(id, 'feel-syntax', error, `FEEL 语法错误：${error}`);
}

const textOf = (element: { readonly text?: string } | undefined): string => (element?.text ?? '').trim();

/** What dmn-moddle gives, as far as we read it; it has no types of its own. */
export interface DmnDefinitions {
  readonly id?: string;
  readonly drgElement?: readonly DmnElement[];
}

interface DmnElement {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, string>>;
  readonly id: string;
  readonly name?: string;
  readonly variable?: { readonly name?: string };
  readonly decisionLogic?: DmnLogic;
  readonly knowledgeRequirement?: readonly unknown[];
  readonly informationRequirement?: readonly { readonly requiredDecision?: { readonly href: string } }[];
}

interface DmnText {
  readonly text?: string;
  readonly expressionLanguage?: string;
}

interface DmnRule {
  readonly id?: string;
  readonly description?: string;
  readonly inputEntry?: readonly DmnText[];
  readonly outputEntry?: readonly DmnText[];
  readonly annotationEntry?: readonly DmnText[];
}

interface DmnLogic extends DmnText {
  readonly $type: string;
  readonly hitPolicy?: string;
  readonly aggregation?: DecisionTable['aggregation'];
  readonly input?: readonly { readonly id?: string; readonly label?: string; readonly inputExpression?: DmnText }[];
  readonly output?: readonly {
    readonly id?: string;
    readonly name?: string;
    readonly outputValues?: DmnText;
    readonly defaultOutputEntry?: DmnText;
  }[];
  readonly rule?: readonly DmnRule[];
}
