/** What the compiler of decisions reads everywhere: texts and types, with reports of what is wrong with them. */
import type { FeelType } from '#core/feel/type.ts';
import { type DmnElement, textAt } from './read-dmn.ts';
import { NUMBERS_OF_CAMUNDA_7, plainReference, reportUnknownType } from './read-types.ts';
import type { Report } from './report.ts';

export interface Reading {
  readonly report: Report;
  readonly typeAt: (reference: string | undefined) => FeelType | undefined;
  /** Of the element that is being compiled, for what has no id of its own. */
  readonly ownerId: string;
}

/** Undefined without one; what is not known is reported. */
export function typeAtElement(element: DmnElement, { typeAt, report, ownerId }: Reading): FeelType | undefined {
  const reference = textAt(element, 'typeRef');
  const type = typeAt(reference);
  if (reference !== undefined && !type) reportUnknownType(element.id ?? ownerId, reference, report);
  if (reference !== undefined && isTakenForNumber(reference, type))
    report(
      element.id ?? ownerId,
      'decision-type',
      `"${reference}" is no type of FEEL and is taken for number. Write number.`,
      `“${reference}”不是 FEEL 的类型，按 number 处理；请写 number。`,
      'warning',
    );
  return type;
}

/** Unless the model defines a type of that name. */
const isTakenForNumber = (reference: string, type: FeelType | undefined): boolean =>
  NUMBERS_OF_CAMUNDA_7.has(plainReference(reference)) && type?.kind === 'simple' && type.name === 'number';

/** Without one it is empty, which the checker reports: an expression is never left out in silence. */
export function literalText(element: DmnElement | undefined, reading: Reading): string {
  checkLanguage(element, reading.ownerId, reading.report);
  return textAt(element, 'text') ?? '';
}

/** Of an expression, or of a whole model, which says it for those of its expressions that do not. */
export function checkLanguage(element: DmnElement | undefined, ownerId: string, report: Report): void {
  const language = textAt(element, 'expressionLanguage');
  if (language === undefined || /feel/i.test(language)) return;
  report(
    element?.id ?? ownerId,
    'decision-language',
    `The expression language "${language}" is not supported; write FEEL.`,
    `不支持表达式语言“${language}”，请使用 FEEL。`,
  );
}
