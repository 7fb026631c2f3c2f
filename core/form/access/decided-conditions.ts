/**
 * Conditions and expressions that read what a viewer may not see would come to something else in the browser. Here the server decides them,
 * from everything it knows, before the form goes out: a condition becomes what it came to, a computed answer a read-only one. At the door all
 * of it is decided again on whole answers.
 */
import { type BoundItem, itemsIn } from '../bind.ts';
import { byLinkId, isConditionMet } from '../enablement.ts';
import type { EvaluatedForm } from '../expression/evaluated-form.ts';
import { EXTENSION } from '../extensions.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { FieldAccess } from './field-access.ts';

export function withDecidedConditions(questionnaire: Questionnaire, access: FieldAccess, evaluated: EvaluatedForm): Questionnaire {
  const unseen = new Set([...access].flatMap(([linkId, { reading }]) => (reading === 'open' ? [] : [linkId])));
  if (unseen.size === 0) return questionnaire;
  const reads = createReads(questionnaire, unseen);
  const bound = byLinkId(itemsIn(evaluated.root));
  const asked = { occurrences: bound, isEnabled: evaluated.isEnabled };

  const items = (list: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] => list.flatMap(decided);
  const decided = (item: QuestionnaireItem): readonly QuestionnaireItem[] => {
    const places = bound.get(item.linkId) ?? [];
    const settled = withoutExpressions(withConditions(item, places), places);
    return settled ? [{ ...settled, ...(item.item && { item: items(item.item) }) }] : [];
  };

  /** Null: never enabled, whatever the viewer answers. */
  const withConditions = (item: QuestionnaireItem, places: readonly BoundItem[]): QuestionnaireItem | null => {
    const conditions = item.enableWhen ?? [];
    const open = conditions.filter(({ question }) => !unseen.has(question));
    if (open.length === conditions.length) return item;
    const isAll = item.enableBehavior === 'all' || conditions.length === 1;
    const closed = conditions.filter(({ question }) => unseen.has(question));
    // In a row it can be met here and not there: then it counts as met, and the door leaves out what does not belong.
    const met = closed.filter((condition) => places.length === 0 || places.some((place) => isConditionMet(condition, place, asked)));
    if (isAll ? met.length < closed.length : met.length === 0 && open.length === 0) return null;
    const { enableWhen: _, enableBehavior: __, ...rest } = item;
    if (open.length === 0 || (!isAll && met.length > 0)) return rest;
    return { ...rest, enableWhen: open, ...(item.enableBehavior && { enableBehavior: item.enableBehavior }) };
  };

  const withoutExpressions = (item: QuestionnaireItem | null, places: readonly BoundItem[]): QuestionnaireItem | null => {
    const gone = item?.extension?.filter((extension) => reads(extension)) ?? [];
    const isTextGone = item?._text?.extension?.some((extension) => reads(extension)) ?? false;
    if (!item || (gone.length === 0 && !isTextGone)) return item;
    const asks = (url: string) => gone.some((extension) => extension.url === url);
    if (asks(EXTENSION.enableWhenExpression) && places.length > 0 && !places.some(evaluated.isEnabled)) return null;
    const { extension, _text, ...rest } = item;
    const kept = extension?.filter((each) => !gone.includes(each)) ?? [];
    const text = isTextGone ? evaluated.texts.get(places[0]?.path ?? '') : undefined;
    return {
      ...rest,
      ...(isTextGone ? (text === undefined ? {} : { text }) : _text ? { _text } : {}),
      ...(asks(EXTENSION.calculatedExpression) ? { readOnly: true } : {}),
      ...(kept.length > 0 ? { extension: kept } : {}),
    };
  };

  const { extension, ...form } = questionnaire;
  const kept = extension?.filter((each) => !reads(each)) ?? [];
  return { ...form, ...(kept.length > 0 ? { extension: kept } : {}), ...(form.item && { item: items(form.item) }) };
}

/**
 * Does an extension hold an expression that reads one of these items? What cannot be told counts as reading them: a walk that names no item,
 * a variable whose own expression does.
 */
function createReads(questionnaire: Questionnaire, unseen: ReadonlySet<string>): (extension: Extension) => boolean {
  const names = new Set<string>();
  const isReading = (expression: string): boolean =>
    [...unseen].some((linkId) => expression.includes(linkId)) ||
    (/\b(?:item|answer|descendants|children|repeat)\b/.test(expression) && !/\blinkId\b/.test(expression)) ||
    [...names].some((name) => new RegExp(`%${name}\\b`).test(expression));
  const reads = (extension: Extension): boolean => expressionsIn(extension).some(isReading);
  const variables = variablesIn(questionnaire);
  for (let before = -1; before < names.size; ) {
    before = names.size;
    for (const variable of variables) if (reads(variable)) names.add(variable.valueExpression?.name ?? '');
  }
  return reads;
}

function variablesIn({ extension = [], item = [] }: Pick<Questionnaire, 'extension' | 'item'>): readonly Extension[] {
  const own = extension.filter(({ url, valueExpression }) => url === EXTENSION.variable && /^\w+$/.test(valueExpression?.name ?? ''));
  return [...own, ...item.flatMap(variablesIn)];
}

export function expressionsIn({ url, extension = [], valueExpression, valueString, ...values }: Extension): readonly string[] {
  const extended = [values._valueInteger, values._valueDecimal, values._valueDate, values._valueDateTime];
  return [
    ...(valueExpression?.expression === undefined ? [] : [valueExpression.expression]),
    ...(url === 'expression' && valueString !== undefined ? [valueString] : []),
    ...[...extension, ...extended.flatMap((each) => each?.extension ?? [])].flatMap(expressionsIn),
  ];
}
