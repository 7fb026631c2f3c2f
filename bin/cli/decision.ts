/** `bihuan decision`: what rules decide and why, without a server. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ZodError, z } from 'zod';
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import { findDecision, parseCases, runCases } from '#core/decision/cases.ts';
import type { CompiledDecision } from '#core/decision/compiled.ts';
import { evaluateValues } from '#core/decision/evaluate.ts';
import { type Explanation, explained, explanationLines, nameOf } from '#core/decision/explain.ts';
import { fromTypedJson, TypedJsonError } from '#core/feel/typed-json.ts';
import { type FeelContext, isContext } from '#core/feel/value.ts';
import type { Json } from '#core/json.ts';
import { type CliCommand, UnusableArgument } from './command.ts';
import { MOMENT_OPTIONS, momentOf } from './moment.ts';
import { readRules } from './sources.ts';

export const decision: CliCommand = {
  help: `bihuan decision evaluate FILE.dmn [--decision NAME|ID] [--all] --input JSON|FILE [--json] | check FILE.dmn [--json] | test FILE.dmn CASES.json [--json]

  evaluate  the result with the rules that fired, on which values, and what went wrong; with --json, and as it stays,
            {result, fired: [{decisionId, decision, ruleId, rule, annotation, inputs: [{name, value}], outputs: [{name, value}]}],
            errors: [{decisionId, code, message}]}; with --all the result is an object of all decisions by name.
            Without --decision, the one decision that no other requires
  check     findings: texts that are not FEEL, unknown names, missing requirements, types that do not fit, rules that overlap,
            never apply or leave gaps, arithmetic on doses
  test      every example of {now, zone, cases: [{name, decision, input, result, rules: [id], isError}]}
Of the input, and in results, what JSON has no type for is {"type": "xsd:date", "value": "2026-03-01"}; so are xsd:time, xsd:dateTime,
xsd:duration, and xsd:decimal for a number that a double does not hold. Files beside FILE.dmn may be imported by it.
  --now     the moment that now() and today() mean; the clock's by default
  --zone    in which they are read; Asia/Shanghai by default
Exit code: 0 without errors, 1 with errors in the result, findings or examples, 2 where the call or a file cannot be used.`,
  run: async (args) => {
    try {
      return await runAct(args);
    } catch (error) {
      const words = unusable(error);
      if (words === null) throw error;
      console.error(`bihuan decision: ${words}`);
      return 2;
    }
  },
};

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

/** What the caller can mend, in words; null for what is ours. */
function unusable(error: unknown): string | null {
  if (error instanceof ZodError) return z.prettifyError(error);
  const isCallers = error instanceof UnusableArgument || error instanceof TypedJsonError || (error instanceof Error && 'code' in error);
  return isCallers ? error.message : null;
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
  const { decisions, findings } = await readRules(file);
  // A decision without logic fails by itself, where it is evaluated.
  const faults = findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'decision-empty');
  if (faults.length > 0 && Object.keys(decisions).length === 0) throw new UnusableArgument(wordsOf(file, faults));
  // Nothing is decided by a file of which a part is not understood.
  if (faults.length > 0) {
    const errors = faults.map(({ elementId, rule, message }) => ({ decisionId: elementId, code: rule, message }));
    return tell({ result: null, fired: [], errors }, options);
  }
  const wanted = options.all ? null : findDecision(decisions, options.decision);
  if (wanted === undefined) {
    const names = Object.values(decisions).filter(isDecision).map(nameOf).join(', ');
    throw new UnusableArgument(
      options.decision === undefined ? `say which --decision: ${names}` : `there is no decision "${options.decision}"; there are: ${names}`,
    );
  }
  const chosen = wanted ? [wanted] : Object.values(decisions).filter(isDecision);
  const json = await readInput(options.input);
  let context: FeelContext;
  try {
    context = contextOf(json);
  } catch (error) {
    if (!(error instanceof TypedJsonError)) throw error;
    return tell(
      { result: null, fired: [], errors: [{ decisionId: wanted?.id ?? '', code: 'INVALID_INPUT', message: error.message }] },
      options,
    );
  }
  const { values, ...told } = evaluateValues(
    decisions,
    chosen.map(({ id }) => id),
    context,
    momentOf(options),
  );
  const value = wanted
    ? (values.get(wanted.id) ?? null)
    : Object.fromEntries(chosen.map((one) => [nameOf(one), values.get(one.id) ?? null]));
  return tell(explained(decisions, value, told), options);
}

function tell(explanation: Explanation, { json }: Options): number {
  console.log(json ? JSON.stringify(explanation) : explanationLines(explanation).join('\n'));
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
async function readInput(input: string | undefined): Promise<Json> {
  if (input === undefined) return {};
  const isText = input.trimStart().startsWith('{');
  return parsed(isText ? input : await readFile(input, 'utf8'), '--input');
}

function contextOf(json: Json): FeelContext {
  const value = fromTypedJson(json);
  if (!isContext(value)) throw new UnusableArgument('--input is no object.');
  return value;
}

function parsed(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UnusableArgument(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
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
