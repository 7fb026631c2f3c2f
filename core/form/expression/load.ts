/** The engine for a form that needs one. It is large, so it is loaded when the first such form comes. */
import type { Questionnaire } from '../questionnaire.ts';
import type { ExpressionEngine } from './engine.ts';
import { hasExpressions } from './expressions.ts';

export const loadEngine = async (): Promise<ExpressionEngine> => (await import('./fhirpath.ts')).fhirpathEngine;

export const engineFor = async (questionnaire: Questionnaire): Promise<ExpressionEngine | undefined> =>
  hasExpressions(questionnaire) ? loadEngine() : undefined;
