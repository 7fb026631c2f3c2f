/** A form in pages: which of its items stand on which page, and what stands on all of them. */
import { settingsOf } from './extensions.ts';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.ts';

export interface Page {
  /** The group that gives the page its name. */
  readonly group: QuestionnaireItem;
  /** With what stands between this page and the next without being a page. */
  readonly items: readonly QuestionnaireItem[];
}

export interface PagedForm {
  readonly pages: readonly Page[];
  readonly headers: readonly QuestionnaireItem[];
  readonly footers: readonly QuestionnaireItem[];
  /** A group around all pages, where there is one. */
  readonly around: QuestionnaireItem | null;
}

const has = (item: QuestionnaireItem, control: string): boolean => settingsOf(item).control === control;
const isPage = (item: QuestionnaireItem): boolean =>
  item.type === 'group' && !item.repeats && has(item, 'page') && !settingsOf(item).hidden;

export const isHeader = (item: QuestionnaireItem): boolean => has(item, 'header');
export const isFooter = (item: QuestionnaireItem): boolean => has(item, 'footer');

/** Null for a form that is one page. */
export function pagesOf(questionnaire: Questionnaire): PagedForm | null {
  const top = questionnaire.item ?? [];
  if (top.some(isPage)) return paged(top, null);
  const around = top.find((item) => item.type === 'group' && !item.repeats && item.item?.some(isPage));
  const rest = top.filter((item) => item !== around);
  if (!around || !rest.every((item) => isHeader(item) || isFooter(item) || settingsOf(item).hidden)) return null;
  return paged([...rest.filter(isHeader), ...(around.item ?? []), ...rest.filter(isFooter)], around);
}

function paged(items: readonly QuestionnaireItem[], around: QuestionnaireItem | null): PagedForm {
  const pages: { group: QuestionnaireItem; items: QuestionnaireItem[] }[] = [];
  const before: QuestionnaireItem[] = [];
  for (const item of items) {
    if (isHeader(item) || isFooter(item)) continue;
    if (isPage(item)) pages.push({ group: item, items: [item] });
    else (pages.at(-1)?.items ?? before).push(item);
  }
  const [first, ...others] = pages;
  return {
    pages: first ? [{ group: first.group, items: [...before, ...first.items] }, ...others] : [],
    headers: items.filter(isHeader),
    footers: items.filter(isFooter),
    around,
  };
}
