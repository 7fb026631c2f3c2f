/**
 * The one way to evaluate FEEL in processes. The moment and the zone are arguments (P1): `now()` and `today()` never read the machine's
 * clock, and what comes back is plain JSON, so that no FEEL object gets into a state. A missing variable is null with a warning, as the
 * standard has it; a syntax error or an expression beyond its budget is a failure.
 */
import type { Json } from '#core/json.ts';
import { Remembered } from '#core/remembered.ts';
import type { Code } from './code.ts';
import { type Compiled, compileExpression, SOURCE_LENGTH_MAX } from './compile.ts';
import { builtIn } from './functions/built-in.ts';
import type { Moment } from './moment.ts';
import { plainTree } from './plain-tree.ts';
import { freeNames } from './reads.ts';
import { type FeelWarning, Run, whyStopped } from './run.ts';
import { EMPTY_SHAPE, Scope, shapeOf, wordsOf } from './scope.ts';
import { notJson, toJson } from './to-json.ts';
import type { FeelNode } from './tree.ts';
import type { FeelContext } from './value.ts';
import { weigh } from './weight.ts';

export type FeelResult =
  | { readonly ok: true; readonly value: Json; readonly warnings: readonly FeelWarning[] }
  | { readonly ok: false; readonly code: 'syntax' | 'budget' | 'not-json' | 'failed'; readonly message: string };

export function evaluateFeel(source: string, context: FeelContext, moment: Moment): FeelResult {
  if (source.length > SOURCE_LENGTH_MAX)
    return { ok: false, code: 'budget', message: `The expression is longer than ${SOURCE_LENGTH_MAX} characters.` };
  const compiled = compiledFor(source, context);
  if (!compiled.ok) return { ok: false, code: 'syntax', message: `"${source}" is not FEEL: ${compiled.message}` };
  const run = new Run(moment);
  try {
    const found = compiled.code(new Scope(context), run);
    weigh(found, run);
    const value = toJson(found);
    if (value === notJson) return { ok: false, code: 'not-json', message: `"${source}" gives a function or a range, which is not data.` };
    // A list that nobody could begin is no list of nothing.
    const bounds = run.warnings.find((warning) => warning.code === 'ITERATION_BOUNDS');
    if (bounds) return { ok: false, code: 'failed', message: `"${source}": ${bounds.message}` };
    return { ok: true, value, warnings: run.warnings };
  } catch (error) {
    const why = whyStopped(error);
    if (why !== null) return { ok: false, code: 'budget', message: `"${source}" ${why}.` };
    return { ok: false, code: 'failed', message: `"${source}" failed: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

const sources = new Remembered<Source>(5_000);
const known = new Remembered<Compiled<Code>>(5_000);

interface Source {
  /** What it means where every name is a single word. */
  readonly plain: Compiled<Code>;
  readonly words: ReadonlySet<string>;
  /** Where the context has these, no longer name can be meant; null where that cannot be told. */
  readonly roots: readonly string[] | null;
}

function readSource(source: string): Source {
  const tree = plainTree(source, 'Expression');
  const roots = tree && !mayHoldSigns(tree) ? [...freeNames(tree)].filter((name) => !builtIn(name)) : null;
  return { plain: compileExpression(source), words: wordsOf(source), roots };
}

/** `a - b` may be a name; `"a" + b` is none. */
const mayHoldSigns = (node: FeelNode): boolean =>
  (node.name === 'ArithmeticExpression' && /\w$/.test(node.children[0]?.text ?? '') && /^\w/.test(node.children[2]?.text ?? '')) ||
  node.children.some(mayHoldSigns);

/** Each source is read once, and once more for each set of names that are not single words. */
function compiledFor(source: string, context: FeelContext): Compiled<Code> {
  const { plain, words, roots } = sources.get(source, readSource);
  if (roots?.every((name) => Object.hasOwn(context, name))) return plain;
  const shape = shapeOf(context, words);
  if (shape === EMPTY_SHAPE) return plain;
  return known.get(`${JSON.stringify(shape)} ${source}`, () => compileExpression(source, { shape }));
}
