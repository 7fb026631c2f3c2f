/** A form as a viewer gets it: without what is hidden from them, with placeholders' items where they see only part. */
import type { EvaluatedForm } from '../expression/evaluated-form.ts';
import { EXTENSION } from '../extensions.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '../response.ts';
import { withDecidedConditions } from './decided-conditions.ts';
import type { FieldAccess } from './field-access.ts';
import { formAt } from './form-at.ts';
import { holdsProtected } from './with-protected.ts';

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
  const fixed = fixedGroups(kept?.item ?? [], access);
  const isFixed = ({ type, repeats, linkId }: QuestionnaireItem): boolean => type === 'group' && repeats === true && fixed.has(linkId);

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

/** Groups whose rows stay as they are kept (`with-protected.ts`), also for the sake of what is left out here. */
function fixedGroups(items: readonly ResponseItem[], access: FieldAccess): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: ResponseItem): void => {
    if (holdsProtected(access, [each])) found.add(each.linkId);
    for (const below of [...(each.item ?? []), ...(each.answer ?? []).flatMap(({ item = [] }) => item)]) visit(below);
  };
  items.forEach(visit);
  return found;
}
