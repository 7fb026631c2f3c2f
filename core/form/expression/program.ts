/** The expressions of one form, compiled: once for as long as the form lives. */
import type { Questionnaire } from '../questionnaire.ts';
import type { Compiled, ExpressionEngine, FocusPath } from './engine.ts';
import { type Rewritten, rewrite } from './rewrite.ts';

export interface CompiledExpression extends Omit<Rewritten, 'source'> {
  readonly run: Compiled;
}

export interface Program {
  /** Null where the expression cannot be read. */
  readonly expression: (source: string, focusPath: FocusPath) => CompiledExpression | null;
}

const known = new WeakMap<Questionnaire, { readonly engine: ExpressionEngine; readonly program: Program }>();

export function programOf(questionnaire: Questionnaire, engine: ExpressionEngine): Program {
  const found = known.get(questionnaire);
  if (found?.engine === engine) return found.program;
  const compiled = {
    QuestionnaireResponse: new Map<string, CompiledExpression | null>(),
    'QuestionnaireResponse.item': new Map<string, CompiledExpression | null>(),
  } as const satisfies Record<FocusPath, unknown>;
  const program: Program = {
    expression: (source, focusPath) => {
      const before = compiled[focusPath].get(source);
      if (before !== undefined) return before;
      const made = compile(questionnaire, engine, source, focusPath);
      compiled[focusPath].set(source, made);
      return made;
    },
  };
  known.set(questionnaire, { engine, program });
  return program;
}

function compile(questionnaire: Questionnaire, engine: ExpressionEngine, source: string, focusPath: FocusPath): CompiledExpression | null {
  const tree = engine.parse(source);
  if (!tree) return null;
  const { source: text, ...reads } = rewrite(questionnaire, source, tree);
  return { ...reads, run: engine.compile(text, focusPath) };
}
