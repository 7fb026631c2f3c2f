/**
 * What conditions and expressions read of a form, and what a change touches, in the same terms: what reads nothing that was touched comes to the
 * same as before. Counted by question and not by row: rows are few, and most expressions read all of them.
 */
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { expressionsOf } from './expressions.ts';
import type { Program } from './program.ts';

/** A part of what can be read. */
export type Part = string;

/** Where a question or group stands: its rows, whether it is enabled, what the response gives it. */
export const placesOf = (linkId: string): Part => `place ${linkId}`;
/** The answers to a question, as others see them. */
export const answersOf = (linkId: string): Part => `answers ${linkId}`;
/** An item and everything below it, as others see it. */
export const contentOf = (linkId: string): Part => `content ${linkId}`;
export const EVERYTHING: Part = 'everything';
export const DAY: Part = 'day';
export const MOMENT: Part = 'moment';

/** An item and the groups and questions around it, innermost first. */
export type Scope = readonly QuestionnaireItem[];

/** Of an expression at an item, or at the form where nothing is around. Through the variables that it names as well. */
export function readBy(
  questionnaire: Questionnaire,
  program: Program,
  source: string,
  scope: Scope,
  named: readonly string[] = [],
): readonly Part[] {
  const [item] = scope;
  const expression = program.expression(source, item ? 'QuestionnaireResponse.item' : 'QuestionnaireResponse');
  if (!expression) return [];
  const parts = [...expression.lookUps.values()].map(contentOf);
  if (expression.readsAll) parts.push(EVERYTHING);
  if (expression.readsHere) parts.push(item ? contentOf(item.linkId) : EVERYTHING);
  if (expression.readsClock !== 'no') parts.push(expression.readsClock === 'day' ? DAY : MOMENT);
  for (const name of expression.names) {
    if (named.includes(name)) continue;
    const holder = holderOf(questionnaire, name, scope);
    const declared = expressionsOf(holder.at).variables.find((variable) => variable.name === name);
    if (declared) parts.push(...readBy(questionnaire, program, declared.expression, holder.scope, [...named, name]));
  }
  return parts;
}

function holderOf(questionnaire: Questionnaire, name: string, scope: Scope) {
  const index = scope.findIndex((item) => expressionsOf(item).variables.some((variable) => variable.name === name));
  return index < 0 ? { at: questionnaire, scope: [] } : { at: scope[index] ?? questionnaire, scope: scope.slice(index) };
}
