/** `bihuan decision`: what rules decide and why, without a server. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ZodError, z } from 'zod';
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import { decisionsCalled, parseCases, requiredBy, runCases } from '#core/decision/cases.ts';
import type { CompiledDecision } from '#core/decision/compiled.ts';
import { evaluateValues } from '#core/decision/evaluate.ts';
import { type ExplainedError, type Explanation, explained, explanationLines, explanationText, nameOf } from '#core/decision/explain.ts';
import { type NumberedJson, parseJsonText } from '#core/feel/json-text.ts';
import { fromTypedJson, TypedJsonError } from '#core/feel/typed-json.ts';
import { type FeelContext, isContext, type Value } from '#core/feel/value.ts';
import { type CliCommand, UnusableArgument } from './command.ts';
import { MOMENT_OPTIONS, momentOf } from './moment.ts';
import { readRules } from './sources.ts';

export const decision: CliCommand = {
  help: `bihuan decision evaluate FILE.dmn [--decision NAME|ID] [--all] --input JSON|FILE [--json] | check FILE.dmn [--json] | test FILE.dmn CASES.json [--json]

  evaluate  the result with the rules that fired, on which values, and what went wrong; with --json, and as it stays,
            {result, fired: [{decisionId, decision, ruleId, rule, annotation, inputs: [{name, value}], outputs: [{name, value}]}],
            errors: [{decisionId, code, message}]}; with --all the result is an object of all decisions by name, by id where
            several share one.
            Without --decision, the one decision that no other requires. A fault in a part of the file that it does not require is
            told by check; what cannot be answered at all is also told with --json as {result: null, fired: [], errors}
  check     findings: texts that are not FEEL, unknown names, missing requirements, types that do not fit, rules that overlap,
            never apply or leave gaps, arithmetic on doses
  test      every example of {now, zone, cases: [{name, decision, input, result, rules: [id], isError}]}
Of the input, and in results, what JSON has no type for is {"type": "xsd:date", "value": "2026-03-01"}; so are xsd:time, xsd:dateTime and
xsd:duration (in the input also xsd:dayTimeDuration and xsd:yearMonthDuration). Numbers are read and written with all their digits, up to
34; what does not fit is an error. Files beside FILE.dmn may be imported by it.
  --now     the moment that now() and today() mean; the clock's by default
  --zone    in which they are read; Asia/Shanghai by default
Exit code: 0 without errors, 1 with errors in the result, findings or examples, 2 where the call or a file cannot be used.`,
  run: async (args) => {
    try {
      return await runAct(args);
    } catch (error) {
      const errors = unusable(error);
      if (errors === null) throw error;
      // Who asked for JSON gets JSON, whatever was wrong with the question.
      if (args[0] === 'evaluate' && args.includes('--json')) tell({ result: null, fired: [], errors }, { json: true });
      else console.error(`bihuan decision: ${errors.map(({ message }) => message).join('\n')}`);
      return 2;
    }
  },
};

/** It is told with a code of its own, and which decision it is about. */
class Unanswered extends UnusableArgument {
  readonly errors: readonly ExplainedError[];

  constructor(errors: readonly ExplainedError[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.errors = errors;
  }
}

async function runAct(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...MOMENT_OPTIONS,
      decision: { type: 'string' },
      input: { type: 'string' },
      all: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const [act = '', file, cases] = positionals;
  if (act === 'evaluate' && file !== undefined) return evaluate(file, values);
  if (act === 'check' && file !== undefined) return checkFile(file, values.json === true);
  if (act === 'test' && file !== undefined && cases !== undefined) return testFile(file, cases, values);
  throw new UnusableArgument(`say what to do with which file.\n\n${decision.help}`);
}

/** What the caller can mend; null for what is ours. */
function unusable(error: unknown): readonly ExplainedError[] | null {
  if (error instanceof Unanswered) return error.errors;
  if (error instanceof ZodError) return [{ decisionId: '', code: 'UNUSABLE', message: z.prettifyError(error) }];
  const isCallers = error instanceof UnusableArgument || error instanceof TypedJsonError || (error instanceof Error && 'code' in error);
  return isCallers ? [{ decisionId: '', code: 'UNUSABLE', message: error.message }] : null;
}

interface Options {
  readonly decision?: string;
  readonly input?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly now?: string;
  readonly zone?: string;
}

async function evaluate(file: string, options: Options): Promise<number> {
  const rules = await readRules(file);
  const { decisions } = rules;
  const chosen = chosenFrom(file, rules, options);
  const faults = faultsOf(rules, requiredBy(decisions, chosen.map(idOf)));
  // Nothing is decided by what is not understood.
  if (faults.length > 0) return tell({ result: null, fired: [], errors: faults.map(asError) }, options);
  const json = await readInput(options.input);
  let context: FeelContext;
  try {
    context = contextOf(json);
  } catch (error) {
    if (!(error instanceof TypedJsonError)) throw error;
    const decisionId = options.all ? '' : (chosen[0]?.id ?? '');
    return tell({ result: null, fired: [], errors: [{ decisionId, code: 'INVALID_INPUT', message: error.message }] }, options);
  }
  const { values, ...told } = evaluateValues(decisions, chosen.map(idOf), context, momentOf(options));
  const resultOf = ({ id }: CompiledDecision): Value => values.get(id) ?? null;
  const [first] = chosen;
  const value = options.all || !first ? Object.fromEntries(chosen.map((one) => [nameAmong(chosen, one), resultOf(one)])) : resultOf(first);
  return tell(explained(decisions, value, told), options);
}

/** By id where the name is that of another as well: each has a place of its own. */
const nameAmong = (all: readonly CompiledDecision[], decision: CompiledDecision): string =>
  all.some((other) => other !== decision && [nameOf(other), other.id].includes(nameOf(decision))) ? decision.id : nameOf(decision);

const idOf = ({ id }: CompiledDecision): string => id;

type Rules = Awaited<ReturnType<typeof readRules>>;

/** All, or the one that is asked. */
function chosenFrom(file: string, { decisions, findings }: Rules, { all, decision }: Options): readonly CompiledDecision[] {
  const faults = findings.filter(({ severity }) => severity === 'error');
  const isUnread = Object.keys(decisions).length === 0;
  if (faults.length > 0 && isUnread)
    throw new Unanswered(faults.map(asError).map((one) => ({ ...one, message: `${file}: ${one.message}` })));
  const own = Object.values(decisions).filter(isDecision);
  if (all) return own;
  const found = decisionsCalled(decisions, decision);
  if (found.length === 1) return found;
  // What could not be compiled is not there: that says more than that it is not there.
  if (found.length === 0 && faults.length > 0) throw new Unanswered(faults.map(asError));
  const refuse = (code: string, message: string): never => {
    throw new Unanswered([{ decisionId: '', code, message }]);
  };
  if (decision === undefined) return refuse('AMBIGUOUS_DECISION', `say which --decision: ${own.map(namedWithId).join(', ')}`);
  if (found.length > 1)
    return refuse('AMBIGUOUS_DECISION', `several decisions are called "${decision}"; say which by its id: ${found.map(idOf).join(', ')}`);
  return refuse('UNKNOWN_DECISION', `there is no decision "${decision}"; there are: ${own.map(namedWithId).join(', ')}`);
}

const namedWithId = (decision: CompiledDecision): string =>
  nameOf(decision) === decision.id ? decision.id : `${nameOf(decision)} (${decision.id})`;

/** Of these decisions and of the whole file. A decision without logic fails by itself, where it is evaluated. */
function faultsOf({ findings, findingsOf }: Rules, keys: ReadonlySet<string>): readonly Finding[] {
  const elsewhere = new Set([...findingsOf].flatMap(([key, of]) => (keys.has(key) ? [] : of)));
  return findings.filter((finding) => finding.severity === 'error' && finding.rule !== 'decision-empty' && !elsewhere.has(finding));
}

const asError = ({ elementId, rule, message }: Finding): ExplainedError => ({ decisionId: elementId, code: rule, message });

function tell(explanation: Explanation, { json }: Options): number {
  console.log(json ? explanationText(explanation) : explanationLines(explanation).join('\n'));
  return explanation.errors.length > 0 ? 1 : 0;
}

const wordsOf = (file: string, findings: readonly Finding[]): string =>
  findings.map(({ elementId, message }) => `${file}: ${elementId}: ${message}`).join('\n');

/** What was imported is evaluated where it is required. */
const isDecision = ({ id, element }: CompiledDecision): boolean => element === undefined && !id.includes('#');

async function usableDecisions(file: string): Promise<Readonly<Record<string, CompiledDecision>>> {
  const { decisions, findings } = await readRules(file);
  const faults = findings.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new UnusableArgument(wordsOf(file, faults));
  return decisions;
}

/** JSON as it stands, or the file that holds it. */
async function readInput(input: string | undefined): Promise<NumberedJson> {
  if (input === undefined) return {};
  const isText = /^\s*[[{]/.test(input);
  // A file may begin with a mark of its encoding.
  return parsed((isText ? input : await readFile(input, 'utf8')).replace(/^\uFEFF/, ''), '--input');
}

function contextOf(json: NumberedJson): FeelContext {
  const value = fromTypedJson(json);
  if (!isContext(value)) throw new UnusableArgument('--input is no object.');
  return value;
}

function parsed(text: string, name: string): NumberedJson {
  try {
    return parseJsonText(text);
  } catch (error) {
    throw new Unanswered([
      { decisionId: '', code: 'INVALID_INPUT', message: `${name} is not JSON: ${error instanceof Error ? error.message : String(error)}` },
    ]);
  }
}

async function checkFile(file: string, isJson: boolean): Promise<number> {
  const { findings } = await readRules(file);
  for (const finding of findings) {
    const { elementId, severity, message, rule } = finding;
    console.log(isJson ? JSON.stringify(finding) : `${file}: ${elementId}: ${severity}: ${message} [${rule}]`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (!isJson) console.log(`${errors} errors, ${findings.length - errors} warnings`);
  return hasErrors(findings) ? 1 : 0;
}

async function testFile(file: string, casesFile: string, options: Options): Promise<number> {
  const decisions = await usableDecisions(file);
  const cases = parseCases(parsed(await readFile(casesFile, 'utf8'), casesFile));
  const results = runCases(decisions, cases, momentOf({ now: options.now ?? cases.now, zone: options.zone ?? cases.zone }));
  for (const result of results) {
    if (options.json) console.log(JSON.stringify({ name: result.name, problems: result.problems }));
    else console.log([`${result.problems.length === 0 ? 'passed' : 'failed'}: ${result.name}`, ...result.problems].join('\n    '));
  }
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  if (!options.json) console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
