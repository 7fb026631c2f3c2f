/** `bihuan form`: what a form comes to, without a server. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Finding } from '#core/bpmn/finding.ts';
import { offsetDateTimeOf } from '#core/calendar/zone.ts';
import { fieldAccess, type Viewer } from '#core/form/access/field-access.ts';
import { questionnaireFor } from '#core/form/access/questionnaire-for.ts';
import { responseFor } from '#core/form/access/response-for.ts';
import { assemble, partsAmong } from '#core/form/assemble.ts';
import { itemsIn } from '#core/form/bind.ts';
import { checkQuestionnaire, partMissing } from '#core/form/check.ts';
import { extractDefinitions } from '#core/form/definition/extract-definitions.ts';
import { loadModel } from '#core/form/definition/load.ts';
import type { EvaluationContext } from '#core/form/expression/engine.ts';
import { evaluateResponse, populateResponse } from '#core/form/expression/evaluate.ts';
import { expressionsOf } from '#core/form/expression/expressions.ts';
import { loadEngine } from '#core/form/expression/load.ts';
import { extractObservations } from '#core/form/extract.ts';
import { importParts, importQuestionnaire, importResponse, importTerminology } from '#core/form/import.ts';
import type { FormIssue, FormIssueCode } from '#core/form/issue.ts';
import { lostDigitsIn } from '#core/form/lost-digits.ts';
import { scoreOfAnswer } from '#core/form/options.ts';
import { lostDigits, outcomeOf } from '#core/form/outcome.ts';
import { type Parsed, problemText } from '#core/form/parse.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { salvageResponse } from '#core/form/salvage.ts';
import { structureFindings } from '#core/form/structure-findings.ts';
import { unsupportedFeatures } from '#core/form/unsupported.ts';
import { type ValidationOptions, validateResponse } from '#core/form/validate.ts';
import { bareValue } from '#core/form/value.ts';
import type { Locale } from '#core/text.ts';
import { type CliCommand, UnusableArgument } from './command.ts';

export const form: CliCommand = {
  help: `bihuan form check Q.json | evaluate Q.json R.json | validate Q.json R.json | extract Q.json R.json | view Q.json R.json [--json] [--now TIME] [--zone ZONE] [--launch FILE]
            [--populate] [--locale zh-CN] [--element ID …] [--role ROLE …]

  check      findings about a Questionnaire, and what it asks for that is not supported; with --json
             {findings: [{elementId, rule, severity, message, messageZh}], unsupported: [{linkId, feature, changesBehaviour}]}
  evaluate   {enabled: [path], calculated: {path: [value]}, texts: {path: text}, scores: {items: {path: n}, total}, failures: [{linkId,
             expression, message}], response} for a QuestionnaireResponse; the response is as it would be submitted
  validate   an OperationOutcome (issue: severity, code, details, expression)
  extract    a transaction Bundle: the Observations that the answers are (observationExtract), and the resources that they fill (definitionExtract,
             itemExtractionContext); what could not be put into one is told on the error output
  view       {access: {linkId: {reading, isReadOnly, isRequired}}, questionnaire, response} as somebody gets them who stands at these
             elements in these roles; without an element a reader by right, without a role nobody in particular, who meets every rule
A file holds one resource, or a Bundle with it first, and the value sets, code systems and forms that it names. R5 is read as well.
Of a value set that is not there a terminology server would be asked: here its codes are not checked (option-unchecked).
  --now      the moment that now() and today() mean; the clock's by default
  --zone     in which today() is read; Asia/Shanghai by default
  --launch   JSON: resources by the names of launch contexts, {"patient": {…}}
  --populate gives first what initialExpression says to questions without an answer
Exit code: 0 without errors, 1 with errors or where a file cannot be read.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        now: { type: 'string' },
        zone: { type: 'string' },
        launch: { type: 'string' },
        populate: { type: 'boolean' },
        locale: { type: 'string' },
        element: { type: 'string', multiple: true },
        role: { type: 'string', multiple: true },
      },
    });
    const [act = '', file, answers] = positionals;
    if (act === 'check' && file !== undefined) return checkForm(file, values.json === true);
    if (!ACTS.has(act) || file === undefined || answers === undefined) {
      console.error(`bihuan form: say what to do with which files.\n\n${form.help}`);
      return 1;
    }
    const { questionnaire, missing } = await readForm(file);
    if (missing) throw new UnusableArgument(`${file}: ${missing.message}`);
    const salvaged = act === 'validate' ? salvageResponse(await readJson(answers)) : null;
    const locale: Locale = values.locale === 'zh-CN' ? 'zh-CN' : 'en';
    if (salvaged && !salvaged.response) {
      console.log(JSON.stringify(outcomeOf([], locale, salvaged.damages), null, values.json ? undefined : 2));
      return 1;
    }
    const response = salvaged?.response ?? (await read(answers, importResponse));
    const context: EvaluationContext = {
      engine: await loadEngine(),
      now: momentOf(values.now, values.zone ?? 'Asia/Shanghai'),
      ...(values.launch === undefined ? {} : { launch: (await readJson(values.launch)) as Readonly<Record<string, unknown>> }),
    };
    if (act === 'evaluate') {
      const begun = values.populate ? populateResponse(questionnaire, response, context) : response;
      console.log(JSON.stringify(evaluated(questionnaire, begun, context), null, values.json ? undefined : 2));
      return 0;
    }
    if (act === 'extract') {
      const bundle = await extracted(questionnaire, pruneResponse(questionnaire, response, context), context);
      console.log(JSON.stringify(bundle, null, values.json ? undefined : 2));
      return 0;
    }
    if (act === 'view') {
      const viewer = { places: values.element ?? [null], roles: values.role ?? [] };
      console.log(JSON.stringify(viewed(questionnaire, response, { viewer, context }), null, values.json ? undefined : 2));
      return 0;
    }
    const damages = salvaged?.damages ?? [];
    const isDamaged = ({ linkId, code }: FormIssue): boolean => LACKING.has(code) && damages.some((damage) => damage.linkId === linkId);
    // Without a server nobody can check a code whose value set is on one.
    const issues = validateResponse(questionnaire, response, {
      mode: modeOf(response),
      context,
      verdictOf: () => 'unknown',
      takesForeignFiles: true,
    }).filter((issue) => !isDamaged(issue));
    const outcome = outcomeOf(issues, locale, damages);
    const isExact = lostDigitsIn(await readFile(answers, 'utf8')) === 0;
    const told = issues.length + damages.length > 0 ? outcome.issue : [];
    const issue = isExact ? outcome.issue : [...told, lostDigits(locale)];
    console.log(JSON.stringify({ ...outcome, issue }, null, values.json ? undefined : 2));
    return damages.length > 0 || issues.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

/** What an answer that could not be read is not said to lack as well. */
const LACKING: ReadonlySet<FormIssueCode> = new Set(['required', 'too-few', 'empty-row']);

/** Everything is asked of what is finished only (FHIR R4, Questionnaire.item.required). */
const modeOf = ({ status }: QuestionnaireResponse): ValidationOptions['mode'] =>
  status === 'completed' || status === 'amended' ? 'submit' : 'draft';

const ACTS: ReadonlySet<string> = new Set(['evaluate', 'validate', 'extract', 'view']);

async function checkForm(file: string, isJson: boolean): Promise<number> {
  const input = await readJson(file);
  const parsedForm = importQuestionnaire(input);
  const { findings, unsupported } = parsedForm.ok
    ? await checked(input, parsedForm.value)
    : { findings: structureFindings(input, parsedForm.problems), unsupported: [] };
  if (isJson) console.log(JSON.stringify({ findings, unsupported }));
  else {
    for (const { elementId, rule, severity, message } of findings) console.log(`${file}: ${elementId}: ${severity}: ${message} [${rule}]`);
    for (const { linkId, feature } of unsupported.filter(({ changesBehaviour }) => !changesBehaviour)) {
      console.log(`${file}: ${linkId ?? 'questionnaire'}: kept without effect: ${feature}`);
    }
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    console.log(`${errors} errors, ${findings.length - errors} warnings`);
  }
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

async function checked(input: unknown, questionnaire: Questionnaire) {
  const { questionnaire: whole, missing } = assembledForm(input, questionnaire);
  return {
    findings: [...(missing ? [missing] : []), ...checkQuestionnaire(whole, await loadEngine())],
    unsupported: unsupportedFeatures(whole),
  };
}

function evaluated(questionnaire: Questionnaire, response: QuestionnaireResponse, context: EvaluationContext) {
  const { root, isEnabled, texts, failures } = evaluateResponse(questionnaire, response, context);
  const enabled = [...itemsIn(root)].filter(isEnabled);
  const calculated = enabled
    .filter(({ item }) => expressionsOf(item).calculated !== undefined)
    .map(({ path, answers }) => [path, answers.map(({ answer }) => bareValue(answer))]);
  const scores = enabled.flatMap(({ item, path, answers }) => {
    const scored = answers.flatMap(({ answer }) => scoreOfAnswer(questionnaire, item, answer) ?? []);
    return scored.length > 0 ? [[path, sum(scored)] as const] : [];
  });
  return {
    enabled: enabled.map(({ path }) => path),
    calculated: Object.fromEntries(calculated),
    texts: Object.fromEntries(texts),
    scores: { items: Object.fromEntries(scores), total: sum(scores.map(([, score]) => score)) },
    failures,
    response: pruneResponse(questionnaire, response, context),
  };
}

async function extracted(questionnaire: Questionnaire, response: QuestionnaireResponse, { engine, now }: EvaluationContext) {
  const observations = extractObservations(questionnaire, response, { authored: response.authored ?? now });
  const { entry, unmapped } = extractDefinitions(questionnaire, response, { engine, model: await loadModel() });
  for (const { linkId, definition, reason } of unmapped)
    console.error(`${linkId || 'questionnaire'}: not extracted: ${definition} (${reason})`);
  return { ...observations, entry: [...observations.entry, ...entry] };
}

function viewed(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  { viewer, context }: { readonly viewer: Viewer; readonly context: EvaluationContext },
) {
  const access = fieldAccess(questionnaire, viewer);
  const whole = evaluateResponse(questionnaire, response, context);
  return {
    access: Object.fromEntries(access),
    questionnaire: questionnaireFor(questionnaire, access, { whole, kept: response }),
    response: responseFor(access, response),
  };
}

/** In as many digits as a double keeps, so that 0.1 and 0.2 are 0.3. */
const sum = (numbers: readonly number[]): number => Number(numbers.reduce((total, number) => total + number, 0).toPrecision(15));

function momentOf(now: string | undefined, zone: string): string {
  const instant = now === undefined ? Date.now() : Date.parse(now);
  if (Number.isNaN(instant)) throw new UnusableArgument(`--now: ${now} is not a date and time.`);
  try {
    return offsetDateTimeOf(instant, zone);
  } catch {
    throw new UnusableArgument(`--zone: there is no time zone ${zone}.`);
  }
}

/** Put together from its parts, or with what says which is missing. */
async function readForm(file: string): Promise<AssembledForm> {
  const input = await readJson(file);
  return assembledForm(input, parsed(file, importQuestionnaire(input)));
}

interface AssembledForm {
  readonly questionnaire: Questionnaire;
  readonly missing: Finding | null;
}

function assembledForm(input: unknown, questionnaire: Questionnaire): AssembledForm {
  const assembled = assemble(questionnaire, partsAmong(importParts(input)), importTerminology(input));
  if (assembled.kind === 'incomplete') return { questionnaire, missing: partMissing(assembled) };
  return { questionnaire: assembled.questionnaire, missing: null };
}

async function read<T>(file: string, parse: (input: unknown) => Parsed<T>): Promise<T> {
  return parsed(file, parse(await readJson(file)));
}

function parsed<T>(file: string, result: Parsed<T>): T {
  if (!result.ok) throw new UnusableArgument(`${file}: ${problemText(result.problems)}`);
  return result.value;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    // Some editors mark their files so; it is no part of the JSON (RFC 8259, 8.1).
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UnusableArgument(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
