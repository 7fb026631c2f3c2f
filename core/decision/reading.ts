/** What the compiler of decisions reads everywhere: texts and types, with reports of what is wrong with them. */
import type { FeelType } from '#core/feel/type.ts';
import { type DmnElement, textAt } from './read-dmn.ts';
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
  if (reference !== undefined && !type)
    report(element.id ?? ownerId, 'decision-type', `There is no type "${reference}".`, `没有类型“${reference}”。`);
  return type;
}

/** Without one it is empty, which the checker reports: an expression is never left out in silence. */
export function literalText(element: DmnElement | undefined, reading: Reading): string {
  const language = textAt(element, 'expressionLanguage');
  if (language !== undefined && !/feel/i.test(language)) {
    reading.report(
      element?.id ?? reading.ownerId,
      'decision-language',
      `The expression language "${language}" is not supported; write FEEL.`,
      `不支持表达式语言“${language}”，请使用 FEEL。`,
    );
  }
  return textAt(element, 'text') ?? '';
}
