/** Initial values with which nothing can begin (FHIR R4 Questionnaire, invariants que-8, que-11, que-13). */
import type { Report } from './check.ts';
import type { QuestionnaireItem } from './questionnaire.ts';
import { VALUES_OF, type ValueKey, valueKindOf } from './value.ts';

const RULE = 'form-initial';
const SEVERAL = ['Several initial values need an item that repeats.', '多个初始值只用于可重复的项目。'] as const;

export function checkInitial({ linkId, type, initial = [], repeats, answerOption }: QuestionnaireItem, report: Report): void {
  const selected = answerOption?.filter(({ initialSelected }) => initialSelected).length ?? 0;
  if (selected > 1 && !repeats) report(linkId, RULE, ...SEVERAL);
  if (initial.length === 0) return;
  if (type === 'group' || type === 'display') {
    report(linkId, RULE, `An initial value belongs to a question, not to a ${type}.`, '初始值只能用于问题，不能用于分组或说明。');
    return;
  }
  if (initial.length > 1 && !repeats) {
    report(linkId, RULE, ...SEVERAL);
  }
  if (answerOption) {
    report(
      linkId,
      RULE,
      'With options say initialSelected on one of them instead.',
      '已列出选项时，请在选项上用 initialSelected 表示初始值。',
      'warning',
    );
  }
  const allowed: readonly ValueKey[] = VALUES_OF[type];
  if (initial.map(valueKindOf).some((kind) => kind === null || !allowed.includes(kind))) {
    report(linkId, RULE, `An initial value is not of the type ${type}.`, `初始值的类型与 ${type} 不符。`);
  }
}
