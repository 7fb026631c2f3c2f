/** What of a form and its answers a terminology server must be asked: addresses of value sets and codes, and nothing else of anybody. */
import { bindResponse, itemsIn } from '../bind.ts';
import { EXTENSION } from '../extensions.ts';
import type { Coding, Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse } from '../response.ts';
import { externalValueSet } from './place.ts';

export interface ExternalList {
  /** Of the value set: `url` or `url|version`. */
  readonly canonical: string;
  /** Addresses that the form prefers, the nearest to the item first (SDC, preferredTerminologyServer). */
  readonly servers: readonly string[];
}

/** By link id. */
export function externalLists(questionnaire: Questionnaire): ReadonlyMap<string, ExternalList> {
  const found = new Map<string, ExternalList>();
  const visit = (items: readonly QuestionnaireItem[], around: readonly string[]): void => {
    for (const item of items) {
      const servers = [...preferredIn(item.extension), ...around];
      const canonical = externalValueSet(questionnaire, item);
      if (canonical !== null) found.set(item.linkId, { canonical, servers });
      visit(item.item ?? [], servers);
    }
  };
  visit(questionnaire.item ?? [], preferredIn(questionnaire.extension));
  return found;
}

const preferredIn = (extension: readonly Extension[] = []): readonly string[] =>
  extension.flatMap(({ url, valueUrl, valueUri }) => (url === EXTENSION.preferredTerminologyServer ? (valueUrl ?? valueUri ?? []) : []));

export interface CodeToCheck extends ExternalList {
  readonly system?: string;
  readonly code: string;
}

/** What a server said of a code, or `unknown`: none could be asked. */
export type Verdict = 'listed' | 'unlisted' | 'unknown';

export type Verdicts = (canonical: string, coding: Pick<Coding, 'system' | 'code'>) => Verdict;

/** Of answers as they are submitted: what is disabled is not in them. */
export function codesToCheck(questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): readonly CodeToCheck[] {
  const lists = externalLists(questionnaire);
  if (lists.size === 0) return [];
  const found = new Map<string, CodeToCheck>();
  for (const { item, answers } of itemsIn(bindResponse(questionnaire, response))) {
    const list = lists.get(item.linkId);
    if (!list) continue;
    for (const { answer } of answers) {
      const { system, code } = answer.valueCoding ?? {};
      if (code !== undefined) found.set(codeKey(list.canonical, { system, code }), { ...list, ...(system ? { system } : {}), code });
    }
  }
  return [...found.values()];
}

export const codeKey = (
  canonical: string,
  { system, code }: { readonly system?: string | undefined; readonly code?: string | undefined },
): string => JSON.stringify([canonical, system ?? null, code ?? null]);
