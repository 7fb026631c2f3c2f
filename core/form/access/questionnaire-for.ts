/** A form as a viewer gets it: without what is hidden from them, with placeholders' items where they see only part. */
import type { EvaluatedForm } from '../expression/evaluate.ts';
import { EXTENSION } from '../extensions.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '../response.ts';
import { withDecidedConditions } from './decided-conditions.ts';
import { type FieldAccess, isProtected } from './field-access.ts';
import { formAt } from './form-at.ts';

/**
 * `whole`: the form with everything the server knows of its answers, whatever the viewer may see. `kept`: what it puts in the place of what
 * they may not change, where they fill it in.
 */
export function questionnaireFor(
  questionnaire: Questionnaire,
  access: FieldAccess,
  { whole, kept = null }: { readonly whole: EvaluatedForm; readonly kept?: Pick<QuestionnaireResponse, 'item'> | null },
): Questionnaire {
  if (access.size === 0) return questionnaire;
  const form = formAt(withDecidedConditions(questionnaire, access, whole), access);
  // Of the form as it is: rows of a group stay as they are kept also for the sake of what is left out here (`with-protected.ts`).
  const holding = groupsHolding(questionnaire, access);
  const isFixed = ({ type, repeats, linkId }: QuestionnaireItem): boolean =>
    type === 'group' && repeats === true && holding.has(linkId) && isKept(kept?.item ?? [], linkId);

  const items = (list: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] => list.flatMap(shown);
  const shown = (item: QuestionnaireItem): readonly QuestionnaireItem[] => {
    const reading = access.get(item.linkId)?.reading ?? 'open';
    if (reading === 'hidden') return [];
    const children = items(item.item ?? []);
    // A group of which nothing is left would be a title over nothing.
    if (item.type === 'group' && children.length === 0 && (item.item ?? []).length > 0) return [];
    const isMasked = reading === 'masked' && item.type !== 'group' && item.type !== 'display';
    const { item: _, ...own } = isMasked ? asMasked(item) : item;
    return [{ ...own, ...(isFixed(item) ? { readOnly: true } : {}), ...(children.length > 0 ? { item: children } : {}) }];
  };
  return form.item ? { ...form, item: items(form.item) } : form;
}

/** A placeholder is a text, whatever it stands for; nothing of the question's own type is left to be computed, chosen or measured. */
function asMasked({
  linkId,
  prefix,
  text,
  _text,
  repeats,
  enableWhen,
  enableBehavior,
  extension = [],
  item,
}: QuestionnaireItem): QuestionnaireItem {
  const condition = extension.filter(({ url }) => url === EXTENSION.enableWhenExpression || url === EXTENSION.hidden);
  const masked: Extension = { url: EXTENSION.masked, valueBoolean: true };
  return {
    linkId,
    type: 'string',
    readOnly: true,
    ...(prefix === undefined ? {} : { prefix }),
    ...(text === undefined ? {} : { text }),
    ...(_text && { _text }),
    ...(repeats && { repeats }),
    ...(enableWhen && { enableWhen }),
    ...(enableBehavior && { enableBehavior }),
    extension: [...condition, masked],
    ...(item && { item }),
  };
}

const isKept = (items: readonly ResponseItem[], linkId: string): boolean =>
  items.some(
    (each) => each.linkId === linkId || isKept([...(each.item ?? []), ...(each.answer ?? []).flatMap(({ item = [] }) => item)], linkId),
  );

/** Items with something protected below them. */
function groupsHolding({ item = [] }: Pick<Questionnaire, 'item'>, access: FieldAccess): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: QuestionnaireItem): boolean => {
    const below = (each.item ?? []).map(visit).includes(true);
    if (below) found.add(each.linkId);
    return below || isProtected(access, each.linkId);
  };
  item.forEach(visit);
  return found;
}
