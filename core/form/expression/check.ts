/** Expressions that cannot come to anything: unreadable ones, names and questions that are not there, circles. */
import type { Report } from '../check.ts';
import { EXTENSION } from '../extensions.ts';
import { allItems } from '../items.ts';
import { isUnbounded, unboundedWords } from '../pattern.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { circlesIn, reaches } from './circles.ts';
import type { ExpressionEngine } from './engine.ts';
import { evaluateResponse } from './evaluate.ts';
import { type Expressions, expressionsOf } from './expressions.ts';
import { type Program, programOf } from './program.ts';

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
  checkTypes(questionnaire, engine, report);
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

function checkCircles(questionnaire: Questionnaire, program: Program, report: Report): void {
  for (const linkId of circlesIn(questionnaire, program)) {
    report(linkId, 'form-expression-circle', 'What it is computed from depends on itself.', '计算依据循环依赖自身。');
  }
  for (const holder of [questionnaire, ...allItems(questionnaire.item ?? [])]) {
    const place = 'linkId' in holder ? holder.linkId : 'questionnaire';
    const { variables } = expressionsOf(holder);
    const names = variables.map(({ name }) => name);
    for (const name of new Set(names.filter((each, index) => names.indexOf(each) < index))) {
      report(
        place,
        'form-expression',
        `The variable ${name} is declared twice; the first one counts.`,
        `变量 ${name} 声明了两次，只有第一次起作用。`,
      );
    }
    for (const name of circularVariables(variables, program)) {
      report(place, 'form-expression-circle', `The variable ${name} depends on itself.`, `变量 ${name} 循环依赖自身。`);
    }
  }
}

/** A variable of a place around may have the same name, and none does that names itself: that one is meant then. */
function circularVariables(variables: Expressions['variables'], program: Program): readonly string[] {
  const reads = new Map(
    variables.map(({ name, expression }) => [
      name,
      program.expression(expression, 'QuestionnaireResponse.item')?.names ?? new Set<string>(),
    ]),
  );
  return [...reads.keys()].filter((name) => reaches(reads, name));
}

/** A form that nobody has answered shows what comes to another type whatever is answered. */
function checkTypes(questionnaire: Questionnaire, engine: ExpressionEngine, report: Report): void {
  const { failures } = evaluateResponse(questionnaire, {}, { engine, now: '2000-01-01T00:00:00Z' });
  for (const { linkId, expression } of failures.filter(({ isMisfit }) => isMisfit)) {
    report(
      linkId,
      'form-expression',
      `The expression ${expression} comes to a value of another type than the item's.`,
      `表达式 ${expression} 的结果与项目类型不符。`,
    );
  }
}
