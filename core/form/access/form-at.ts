/**
 * The form as it is validated for a viewer: what must be given at this step, and nothing asked of what the viewer may not change. Those
 * answers are known to the server, and nobody can mend here what may be wrong with them.
 */
import { EXTENSION } from '../extensions.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { type FieldAccess, isProtected } from './field-access.ts';

export function formAt(questionnaire: Questionnaire, access: FieldAccess): Questionnaire {
  if (access.size === 0) return questionnaire;
  const items = (list: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] => list.map(item);
  const item = (given: QuestionnaireItem): QuestionnaireItem => {
    const below = given.item && { item: items(given.item) };
    if (isProtected(access, given.linkId)) return { ...asKnown(given), ...below };
    const isRequired = access.get(given.linkId)?.isRequired || (given.required && !isAllProtected(given));
    const { required: _, ...rest } = given;
    return { ...rest, ...(isRequired ? { required: true } : {}), ...below };
  };
  const isAllProtected = ({ type, item: children = [] }: QuestionnaireItem): boolean =>
    type === 'group' && children.every((child) => isProtected(access, child.linkId) || isAllProtected(child));
  return questionnaire.item ? { ...questionnaire, item: items(questionnaire.item) } : questionnaire;
}

/** What an answer is held against. `signature` would ask that whoever submits has signed. */
const DEMANDS: ReadonlySet<string> = new Set([
  EXTENSION.minValue,
  EXTENSION.maxValue,
  EXTENSION.minQuantity,
  EXTENSION.maxQuantity,
  EXTENSION.minLength,
  EXTENSION.regex,
  EXTENSION.minOccurs,
  EXTENSION.maxOccurs,
  EXTENSION.maxDecimalPlaces,
  EXTENSION.maxSize,
  EXTENSION.mimeType,
  EXTENSION.constraint,
  EXTENSION.targetConstraint,
  EXTENSION.signature,
]);

function asKnown({ required: _, maxLength: __, extension, ...item }: QuestionnaireItem): QuestionnaireItem {
  const kept = extension?.filter(({ url }) => !DEMANDS.has(url)) ?? [];
  return { ...item, ...(item.type === 'display' ? {} : { readOnly: true }), ...(kept.length > 0 ? { extension: kept } : {}) };
}
