/** Expressions that cannot come to anything: unreadable ones, names and questions that are not there, circles. */
import { type Report, unboundedWords } from '../check.ts';
import { EXTENSION } from '../extensions.ts';
import { allItems } from '../items.ts';
import { isUnbounded } from '../pattern.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { ExpressionEngine } from './engine.ts';
import { type Expressions, expressionsOf } from './expressions.ts';
import { type CompiledExpression, type Program, programOf } from './program.ts';

/** Given by the specification (SDC 4.2.2), beside what a form declares. */
const GIVEN = new Set(['resource', 'rootResource', 'context', 'questionnaire', 'qitem', 'ucum', 'sct', 'loinc', 'factory']);

export function checkExpressions(questionnaire: Questionnaire, engine: ExpressionEngine, report: Report): void {
  const program = programOf(questionnaire, engine);
  const items = allItems(questionnaire.item ?? []);
  const linkIds = new Set(items.map(({ linkId }) => linkId));
  const launched = new Set(launchedIn(questionnaire));
  const declared = new Set([questionnaire, ...items].flatMap(variablesIn));
  const check = (place: string, { initial, ...others }: Expressions): void => {
    for (const source of [...(initial === undefined ? [] : [initial]), ...sourcesIn(others)]) {
      const expression = program.expression(source, 'QuestionnaireResponse.item');
      if (!expression) {
        report(place, 'form-expression', `The expression ${source} cannot be read.`, `无法识别表达式 ${source}。`);
        continue;
      }
      for (const name of expression.names) {
        if (launched.has(name) && !declared.has(name) && source !== initial) {
          report(
            place,
            'form-expression',
            `%${name} is known only when the form is opened. Take what is needed by initialExpression into an item, which may be hidden, and compute from that.`,
            `%${name} 仅在打开表单时可用；请用 initialExpression 取到某个项目（可隐藏）中，再据此计算。`,
          );
        }
        if (declared.has(name) || launched.has(name) || GIVEN.has(name)) continue;
        report(place, 'form-expression', `The expression reads %${name}, which nothing declares.`, `表达式读取了未声明的 %${name}。`);
      }
      const unbounded = expression.patterns.find(isUnbounded);
      if (unbounded !== undefined) report(place, 'form-pattern', ...unboundedWords(unbounded));
      for (const asked of expression.asked) {
        if (linkIds.has(asked)) continue;
        // It may ask it of another resource.
        report(
          place,
          'form-expression',
          `The expression asks for "${asked}", which the form does not have.`,
          `表达式引用了不存在的项目“${asked}”。`,
          'warning',
        );
      }
    }
  };
  check('questionnaire', expressionsOf(questionnaire));
  for (const item of items) check(item.linkId, expressionsOf(item));
  checkCircles(questionnaire, program, report);
}

const sourcesIn = ({ variables, constraints, toggles, ...others }: Omit<Expressions, 'initial'>): readonly string[] => [
  ...[...variables, ...constraints, ...toggles].map(({ expression }) => expression),
  ...Object.values(others).filter((value): value is string => typeof value === 'string'),
];

/** Also those whose language we do not read: that is told apart. */
const variablesIn = ({ extension = [] }: Pick<QuestionnaireItem, 'extension'>): readonly string[] =>
  extension.flatMap(({ url, valueExpression }) => (url === EXTENSION.variable ? (valueExpression?.name ?? []) : []));

const launchedIn = ({ extension = [] }: Questionnaire): readonly string[] =>
  extension.flatMap(({ url, extension: parts = [] }) =>
    url === EXTENSION.launchContext
      ? parts.flatMap((part) => (part.url === 'name' ? (part.valueCoding?.code ?? part.valueString ?? []) : []))
      : [],
  );

/** An answer that follows from itself, or a question that is there only if it is answered. */
function checkCircles(questionnaire: Questionnaire, program: Program, report: Report): void {
  const reads = new Map<string, ReadonlySet<string>>();
  const collect = (items: readonly QuestionnaireItem[], around: readonly QuestionnaireItem[]): void => {
    for (const item of items) {
      const { calculated, enableWhen } = expressionsOf(item);
      const scope = [item, ...around];
      const parent = around[0] ? [around[0].linkId] : [];
      const own = [calculated, enableWhen].flatMap((source) =>
        source === undefined ? [] : [...readsOf(questionnaire, program, source, scope)],
      );
      const asked = (item.enableWhen ?? []).map(({ question }) => question);
      reads.set(item.linkId, new Set([...parent, ...own, ...asked]));
      collect(item.item ?? [], scope);
    }
  };
  collect(questionnaire.item ?? [], []);
  for (const item of allItems(questionnaire.item ?? [])) {
    const { calculated, enableWhen } = expressionsOf(item);
    if (calculated === undefined && enableWhen === undefined) continue;
    if (!reaches(reads, item.linkId)) continue;
    report(item.linkId, 'form-expression-circle', 'What it is computed from depends on itself.', '计算依据循环依赖自身。');
  }
}

/** Link ids, through the variables that are in scope. */
function readsOf(
  questionnaire: Questionnaire,
  program: Program,
  source: string,
  scope: readonly QuestionnaireItem[],
  seen: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const expression: CompiledExpression | null = program.expression(source, 'QuestionnaireResponse.item');
  const found = new Set<string>(expression?.asked);
  for (const name of expression?.names ?? []) {
    if (seen.has(name)) continue;
    const variable = [...scope, questionnaire].flatMap((holder) => expressionsOf(holder).variables).find((each) => each.name === name);
    if (!variable) continue;
    for (const linkId of readsOf(questionnaire, program, variable.expression, scope, new Set([...seen, name]))) found.add(linkId);
  }
  return found;
}

function reaches(reads: ReadonlyMap<string, ReadonlySet<string>>, start: string): boolean {
  const seen = new Set<string>();
  const open = [...(reads.get(start) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === start) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(reads.get(at) ?? []));
  }
  return false;
}
