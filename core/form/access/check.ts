/** What is wrong with the rights of a form's fields. That elements exist is asked where the diagram is known (`engine/flow-set.ts`). */
import { isRole, ROLES } from '#core/access/roles.ts';
import type { Report } from '../check.ts';
import { EXTENSION } from '../extensions.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { expressionsIn } from './decided-conditions.ts';
import { fieldAccess, type Viewer } from './field-access.ts';
import { ACCESS_MODES, ACCESS_PART, type AccessRule, hasAccessRules, isAccessMode, partsOf, rulesOf } from './rules.ts';

export function checkAccess(questionnaire: Questionnaire, items: readonly QuestionnaireItem[], report: Report): void {
  for (const item of items) checkRules(item, report);
  if (!hasAccessRules(questionnaire)) return;
  checkFillable(questionnaire, items, report);
  checkReading(questionnaire, items, report);
}

/** Link ids of items with rules that may keep somebody from reading them whole, with everything below. */
export function guardedItems(questionnaire: Questionnaire): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (item: QuestionnaireItem, isGuardedAround: boolean): void => {
    const isGuarded = isGuardedAround || rulesOf(item).some(({ mode }) => mode === 'hidden' || mode === 'masked');
    if (isGuarded) found.add(item.linkId);
    for (const child of item.item ?? []) visit(child, isGuarded);
  };
  for (const item of questionnaire.item ?? []) visit(item, false);
  return found;
}

function checkRules(item: QuestionnaireItem, report: Report): void {
  for (const extension of item.extension?.filter(({ url }) => url === EXTENSION.access) ?? []) {
    const modes = partsOf(extension, ACCESS_PART.mode);
    const [mode = ''] = modes;
    if (modes.length !== 1 || !isAccessMode(mode)) {
      const known = ACCESS_MODES.join(', ');
      report(
        item.linkId,
        'form-access',
        `A right says one of ${known}, not "${modes.join(', ')}".`,
        `权限方式应为 ${known} 之一，而不是“${modes.join('、')}”。`,
      );
    }
    for (const role of [...partsOf(extension, ACCESS_PART.role), ...partsOf(extension, ACCESS_PART.exceptRole)]) {
      if (isRole(role)) continue;
      report(item.linkId, 'form-access', `There is no role "${role}".`, `没有角色“${role}”。`);
    }
  }
}

/** An answer that is asked of somebody who may not give it keeps them from going on, or is never given. */
function checkFillable(questionnaire: Questionnaire, items: readonly QuestionnaireItem[], report: Report): void {
  const impossible = new Set<string>();
  for (const viewer of viewersTold(items)) {
    for (const [linkId, access] of fieldAccess(questionnaire, viewer)) if (access.isRequired && access.isReadOnly) impossible.add(linkId);
  }
  const forNobody = fieldAccess(unconditional(questionnaire), { places: [null], roles: [NO_ROLE] });
  for (const item of items) {
    const isNeverGiven = item.required && item.type !== 'group' && forNobody.get(item.linkId)?.isReadOnly && !hasValueOfItsOwn(item);
    if (!impossible.has(item.linkId) && !isNeverGiven) continue;
    report(
      item.linkId,
      'form-access',
      'It must be answered by somebody who may not: it is hidden, masked or read-only for them.',
      '要求填写，但填写者无权填写（隐藏、脱敏或只读）。',
    );
  }
}

/** In no role of the table, so that exceptions for roles do not hold either. */
const NO_ROLE = '';

/** Everybody that rules tell apart: each element that one names, each role. */
function viewersTold(items: readonly QuestionnaireItem[]): readonly Viewer[] {
  const places = new Set<string | null>([null, ...items.flatMap(rulesOf).flatMap(({ elements }) => elements)]);
  return [...places].flatMap((place) => Object.keys(ROLES).map((role) => ({ places: [place], roles: [role] })));
}

const isForAll = ({ elements, roles, exceptRoles }: AccessRule): boolean => elements.length + roles.length + exceptRoles.length === 0;

/** With those rules alone that hold always and for everybody. */
function unconditional(questionnaire: Questionnaire): Questionnaire {
  const items = (list: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] =>
    list.map((item) => ({
      ...item,
      extension:
        item.extension?.filter((each) => each.url !== EXTENSION.access || rulesOf({ ...item, extension: [each] }).every(isForAll)) ?? [],
      ...(item.item && { item: items(item.item) }),
    }));
  return { ...questionnaire, item: items(questionnaire.item ?? []) };
}

const hasValueOfItsOwn = ({ initial, answerOption, extension }: QuestionnaireItem): boolean =>
  initial !== undefined ||
  (answerOption?.some(({ initialSelected }) => initialSelected) ?? false) ||
  (extension?.some(({ url }) => url === EXTENSION.calculatedExpression || url === EXTENSION.initialExpression) ?? false);

/** What is computed from a guarded answer tells of it to everybody. */
function checkReading(questionnaire: Questionnaire, items: readonly QuestionnaireItem[], report: Report): void {
  const guarded = guardedItems(questionnaire);
  for (const item of items) {
    if (guarded.has(item.linkId)) continue;
    const told = [...(item.extension ?? []), ...(item._text?.extension ?? [])].flatMap(expressionsIn);
    const read = [...guarded].filter((linkId) => told.some((expression) => expression.includes(`'${linkId}'`)));
    for (const linkId of read) {
      report(
        item.linkId,
        'form-access-reading',
        `It is computed from "${linkId}", which not everybody may see, and shows what it comes to.`,
        `由“${linkId}”计算得出，而该项并非人人可见，计算结果会透露它。`,
        'warning',
      );
    }
  }
}
