/** The expressions of one form, compiled: once for as long as the form lives, and once for those that come to the same. */
import type { Questionnaire } from '../questionnaire.ts';
import type { Compiled, ExpressionEngine, FocusPath, SyntaxNode } from './engine.ts';
import { type Rewritten, rewrite } from './rewrite.ts';
import { filledIn, shapeOf, withLiterals } from './shape.ts';

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
  const trees = new Map<string, SyntaxNode | null>();
  const compiled = {
    QuestionnaireResponse: { bySource: new Map<string, CompiledExpression | null>(), byText: new Map<string, Compiled>() },
    'QuestionnaireResponse.item': { bySource: new Map<string, CompiledExpression | null>(), byText: new Map<string, Compiled>() },
  } as const satisfies Record<FocusPath, unknown>;
  const compile = (source: string, focusPath: FocusPath): CompiledExpression | null => {
    const shape = shapeOf(source);
    const tree = kept(trees, shape.text, () => engine.parse(shape.text));
    if (!tree) return null;
    const { source: rewritten, ...reads } = rewrite(questionnaire, shape.text, withLiterals(tree, shape.literals));
    const text = filledIn(rewritten, shape.literals);
    return { ...reads, run: kept(compiled[focusPath].byText, text, () => engine.compile(text, focusPath)) };
  };
  const program: Program = {
    expression: (source, focusPath) => kept(compiled[focusPath].bySource, source, () => compile(source, focusPath)),
  };
  known.set(questionnaire, { engine, program });
  return program;
}

function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
