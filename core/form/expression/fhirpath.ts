/** The engine of our choice (docs/decisions/0012-libraries.md): HL7's FHIRPath by the NLM, with the R4 model. */
import { UcumLhcUtils } from '@lhncbc/ucum-lhc';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { isPattern, type Pattern, type PatternRead, readPattern, readWholePattern } from '../pattern.ts';
import type { Quantity } from '../questionnaire.ts';
import type { Compiled, ExpressionEngine, FocusPath, SyntaxNode } from './engine.ts';
import { countOnOwnClocks } from './fhirpath-dates.ts';

countOnOwnClocks();

/** The engine's own table of units. */
const ucum = UcumLhcUtils.getInstance();

export const fhirpathEngine: ExpressionEngine = {
  parse: (source) => {
    try {
      return fhirpath.parse(source) as SyntaxNode;
    } catch {
      return null;
    }
  },
  compile: (source, focusPath) => compile(source, focusPath),
  compareQuantities: (left, right) => {
    if (left.code === undefined || right.code === undefined) return null;
    const given = { left: observed(left), right: observed(right) };
    const [isLess] = isLessThan({}, given);
    if (typeof isLess !== 'boolean') return null;
    if (isLess) return -1;
    return isEqualTo({}, given)[0] === true ? 0 : 1;
  },
  knowsUnit: (code) => ucum.validateUnitString(code).status === 'valid',
};

type Texts = readonly unknown[];

const PATTERN_ARITY: Record<number, 'String'[]> = { 1: ['String'], 2: ['String', 'String'] };
const REPLACE_ARITY: Record<number, 'String'[]> = { 2: ['String', 'String'] };

/** Null where there is none. */
function single([text, ...others]: Texts): string | null {
  if (others.length > 0) throw new Error('A pattern is asked of one text, and there are several.');
  return typeof text === 'string' ? text : null;
}

function runnable(read: PatternRead, source: string): Pattern {
  if (!isPattern(read))
    throw new Error(read === 'unreadable' ? `The pattern ${source} cannot be read.` : `The pattern ${source} is not run.`);
  return read;
}

/** FHIRPath 3: `i` ignores case, `m` is multiline, and a dot is any character. */
function matched(texts: Texts, source: unknown, flags: unknown, read: typeof readPattern): boolean | readonly never[] {
  const text = single(texts);
  if (text === null || typeof source !== 'string') return [];
  const asked = typeof flags === 'string' ? flags : '';
  if (/[^im]/.test(asked)) throw new Error('The flags of a pattern are i and m.');
  const pattern = read(source, { ignoresCase: asked.includes('i'), isMultiline: asked.includes('m'), isDotAll: true });
  return runnable(pattern, source).test(text);
}

const OPTIONS = {
  // What `trace()` would write are answers of patients.
  traceFn: () => undefined,
  // An expression asks no other server, by no address that it makes up.
  async: false as const,
  // 0.1 + 0.2 is 0.3.
  preciseMath: true,
  // Patterns are run in bounded time; the engine's own would be JavaScript's.
  userInvocationTable: {
    matches: { fn: (texts: Texts, source: unknown, flags?: unknown) => matched(texts, source, flags, readPattern), arity: PATTERN_ARITY },
    matchesFull: {
      fn: (texts: Texts, source: unknown, flags?: unknown) => matched(texts, source, flags, readWholePattern),
      arity: PATTERN_ARITY,
    },
    replaceMatches: {
      fn: (texts: Texts, source: unknown, by: unknown) => {
        const text = single(texts);
        if (text === null || typeof source !== 'string' || typeof by !== 'string') return [];
        return runnable(readPattern(source), source).replace(text, by);
      },
      arity: REPLACE_ARITY,
    },
  },
};

const isLessThan = compile('%left.value < %right.value', 'QuestionnaireResponse');
const isEqualTo = compile('%left.value = %right.value', 'QuestionnaireResponse');

/** An engine knows a quantity by where it stands. */
const observed = ({ value, code }: Quantity) => ({
  resourceType: 'Observation',
  valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code },
});

function compile(source: string, focusPath: FocusPath): Compiled {
  const run = compiled(source, focusPath);
  let runTyped: Compiled | null = null;
  return (focus, variables) => {
    const results = run(focus, variables);
    if (!results.some(looksTyped)) return results;
    runTyped ??= compiled(`(${source}\n).select(${TYPED})`, focusPath, { ...OPTIONS, resolveInternalTypes: false });
    return runTyped(focus, variables).map(plainNumber);
  };
}

function compiled(
  source: string,
  focusPath: FocusPath,
  options: typeof OPTIONS & { readonly resolveInternalTypes?: boolean } = OPTIONS,
): Compiled {
  const isWhole = focusPath === 'QuestionnaireResponse';
  return fhirpath.compile(isWhole ? source : { base: focusPath, expression: source }, r4, options);
}

/**
 * The engine gives dates and amounts as texts; whoever reads one by a variable would compare a text with a date. As its own objects they stay what
 * they are.
 */
const TYPED =
  'iif($this is FHIR.date, toDate(), iif($this is FHIR.dateTime or $this is FHIR.instant, toDateTime(), iif($this is FHIR.time, toTime(), $this)))';

const looksTyped = (result: unknown): boolean =>
  typeof result === 'string' &&
  (/^(?:\d{4}(?:-\d\d){0,2}(?:T.+)?|\d\d:\d\d:.+)$/.test(result) ||
    /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)? (?:'[^']*'|(?:year|month|week|day|hour|minute|second|millisecond)s?)$/.test(result));

/** Beside amounts numbers come as the engine's own decimals. */
const plainNumber = (result: unknown): unknown =>
  typeof result === 'object' &&
  result !== null &&
  'decimalPlaces' in result &&
  'toNumber' in result &&
  typeof result.toNumber === 'function'
    ? (result.toNumber() as unknown)
    : result;
