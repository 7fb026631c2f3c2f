/** From what a diagram says to FEEL: in Zeebe's attributes `=` starts an expression, in plain BPMN the text is one. */
import type { Feel } from '#core/bpmn/graph.ts';
import { feelSyntaxError } from '#core/feel/syntax.ts';
import { elementAt, type ModdleElement, textAt } from './moddle.ts';
import type { Report } from './report.ts';

/** A FEEL text literal. */
export const literal = (text: string): Feel => JSON.stringify(text);

export interface Place {
  readonly elementId: string;
  /** What is being read, as the modeler names it. */
  readonly what: string;
  readonly report: Report;
}

/** `=a.b` is an expression, anything else a text. */
export function textOrFeel(text: string | undefined, place: Place): Feel | undefined {
  if (text === undefined) return undefined;
  return text.startsWith('=') ? checked(text.slice(1).trim(), place) : literal(text);
}

/** As `textOrFeel`, but a number stays one. */
export function numberOrFeel(text: string | undefined, place: Place): Feel | undefined {
  return text !== undefined && /^\d+$/.test(text) ? text : textOrFeel(text, place);
}

/** As `textOrFeel`, but a text is a comma separated list. */
export function listOrFeel(text: string | undefined, place: Place): Feel | undefined {
  if (text === undefined || text.startsWith('=')) return textOrFeel(text, place);
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return JSON.stringify(names);
}

/** Always an expression, with or without `=`. */
export function expressionOf(text: string | undefined, place: Place): Feel | undefined {
  return text === undefined ? undefined : checked(text.startsWith('=') ? text.slice(1).trim() : text, place);
}

/** A BPMN expression element: FEEL unless its language says otherwise. */
export function bodyOf(owner: ModdleElement, property: string, place: Place): string | undefined {
  const expression = elementAt(owner, property);
  const body = textAt(expression, 'body');
  const language = textAt(expression, 'language');
  if (body === undefined) return undefined;
  if (language !== undefined && !/feel/i.test(language)) {
    place.report(place.elementId, 'expression-language', {
      en: `${place.what} is written in "${language}". Write it in FEEL.`,
      zh: `${place.what} 的语言是“${language}”，请改用 FEEL。`,
    });
    return undefined;
  }
  return body;
}

function checked(source: string, { elementId, what, report }: Place): Feel {
  const fault = feelSyntaxError(source);
  if (fault !== null)
    report(elementId, 'feel-syntax', { en: `${what}: ${fault} Mend the FEEL expression.`, zh: `${what}：FEEL 表达式有误（${fault}）` });
  return source;
}
