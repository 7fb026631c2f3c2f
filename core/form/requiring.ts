/**
 * A form as one outcome asks for it (`bihuan:outcomes`): what that outcome cannot be without must be answered too (`requires`), and a
 * checklist that it stands for must be answered with yes (`affirms`; R-ENG-12, R-ENG-13).
 */
import type { FormIssue } from './issue.ts';
import { itemPath, ROOT_PATH } from './path.ts';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { ResponseItem } from './response.ts';

export interface OutcomeDemands {
  /** Link ids. */
  readonly requires?: readonly string[];
  /** Link ids of yes-or-no questions, none of them in a row. */
  readonly affirms?: readonly string[];
}

export function requiring(questionnaire: Questionnaire, { requires = [], affirms = [] }: OutcomeDemands): Questionnaire {
  const asked = new Set([...requires, ...affirms]);
  if (asked.size === 0) return questionnaire;
  const demand = (item: QuestionnaireItem): QuestionnaireItem => ({
    ...item,
    ...(asked.has(item.linkId) ? { required: true } : {}),
    ...(item.item ? { item: item.item.map(demand) } : {}),
  });
  return { ...questionnaire, ...(questionnaire.item ? { item: questionnaire.item.map(demand) } : {}) };
}

const MUST_BE_YES = {
  'zh-CN': '须为“是”才能继续；否则请选择其他处理方式。',
  en: 'This must be "yes" to go on; otherwise choose another way.',
};

/** Of the checklist that an outcome stands for, what was answered with no. */
export function unaffirmed(items: readonly ResponseItem[], { affirms = [] }: OutcomeDemands, at = ROOT_PATH): readonly FormIssue[] {
  return items.flatMap(({ linkId, answer = [], item = [] }) => {
    const path = itemPath(at, linkId);
    const isNo = affirms.includes(linkId) && answer.some(({ valueBoolean }) => valueBoolean === false);
    const no: FormIssue = { code: 'constraint', linkId, path, severity: 'error', text: MUST_BE_YES };
    return [...(isNo ? [no] : []), ...unaffirmed(item, { affirms }, path)];
  });
}
