/** Literals that can never fit their column: a number among texts, a value that is not allowed. */
import { compileExpression, compileTests, satisfiesIn } from '#core/feel/compile.ts';
import { Run } from '#core/feel/run.ts';
import { Scope } from '#core/feel/scope.ts';
import { coerce, type FeelType } from '#core/feel/type.ts';
import { kindOf, type Value } from '#core/feel/value.ts';
import type { DecisionTable } from './compiled.ts';
import type { Report } from './report.ts';
import { splitTests } from './split-tests.ts';

export function checkTypes(decisionId: string, table: DecisionTable, report: Report): void {
  for (const [column, { type, allowed, label, expression }] of table.inputs.entries()) {
    const name = label ?? expression;
    for (const rule of table.rules) {
      for (const source of splitTests(rule.tests[column] ?? '')) {
        const value = literalValue(source.replace(/^(<=|>=|<|>)/, ''));
        if (value === undefined) continue;
        checkValue(value, { type: simpleOnly(type), allowed: /^[<>]/.test(source) ? undefined : allowed }, (fault) =>
          report(
            rule.id,
            fault,
            `The cell ${source} of "${name}" can never apply: ${WORDS[fault].en}.`,
            `“${name}”列的 ${source} 永远不会成立：${WORDS[fault].zh}。`,
            fault === 'decision-type-mismatch' ? 'error' : 'warning',
          ),
        );
      }
    }
  }
  for (const [column, { type, values, name }] of table.outputs.entries()) {
    for (const rule of table.rules) {
      const value = literalValue(rule.results[column] ?? '');
      if (value === undefined) continue;
      checkValue(value, { type, allowed: values?.join(', ') }, (fault) =>
        report(
          rule.id,
          fault,
          `The result ${rule.results[column]} of "${name || decisionId}" does not fit: ${WORDS[fault].en}.`,
          `“${name || decisionId}”列的结果 ${rule.results[column]} 不符：${WORDS[fault].zh}。`,
          fault === 'decision-type-mismatch' ? 'error' : 'warning',
        ),
      );
    }
  }
}

const WORDS = {
  'decision-type-mismatch': { en: 'it is of another type than the column', zh: '类型与该列不同' },
  'decision-value': { en: 'it is not among the allowed values', zh: '不在允许的取值之内' },
} as const;

type Fault = keyof typeof WORDS;

function checkValue(
  value: Value,
  { type, allowed }: { readonly type: FeelType | undefined; readonly allowed: string | undefined },
  tell: (fault: Fault) => void,
): void {
  const run = newRun();
  const fits = (wanted: FeelType | undefined): boolean => !wanted || coerce(value, wanted, satisfiesIn(run)) !== undefined;
  const tests = allowed === undefined ? null : compileTests(allowed);
  if (type && !fits(withoutAllowed(type))) tell('decision-type-mismatch');
  else if (!fits(type) || (tests?.ok && tests.code(value, new Scope({}), run) === false)) tell('decision-value');
}

const withoutAllowed = (type: FeelType): FeelType => (type.kind === 'allowed' ? withoutAllowed(type.base) : type);

/** A cell under a list or a context may say something of its items. */
const simpleOnly = (type: FeelType | undefined): FeelType | undefined =>
  type && ['simple', 'dose'].includes(withoutAllowed(type).kind) ? type : undefined;

const newRun = (): Run => new Run({ at: '1970-01-01T00:00:00Z', zone: 'UTC' });

/** Undefined for what is not a literal. */
export function literalValue(source: string): Value | undefined {
  const isLiteral =
    /^\s*(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|@"[^"]*"|(?:date|time|date and time|duration)\("[^"]*"\))\s*$/.test(source);
  const compiled = isLiteral ? compileExpression(source) : null;
  if (!compiled?.ok) return undefined;
  const value = compiled.code(new Scope({}), newRun());
  return value === null || kindOf(value) === 'function' ? undefined : value;
}
