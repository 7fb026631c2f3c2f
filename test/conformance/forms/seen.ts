/** What core makes of a case, and what the command line prints of it, in the same words. */
import { form as command } from '#bin/cli/form.ts';
import { assemble, partsAmong } from '#core/form/assemble.ts';
import { itemsIn } from '#core/form/bind.ts';
import type { EvaluationContext } from '#core/form/expression/engine.ts';
import { evaluateResponse, populateResponse } from '#core/form/expression/evaluate.ts';
import { expressionsOf } from '#core/form/expression/expressions.ts';
import { importParts, importQuestionnaire, importResponse, importTerminology } from '#core/form/import.ts';
import { choicesOf } from '#core/form/options.ts';
import { fhirPathOf } from '#core/form/path.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { validateResponse } from '#core/form/validate.ts';
import { bareValue, valueKeyOf } from '#core/form/value.ts';
import { choiceName, type FormExample, responseOf } from './corpus.ts';

/** As the command line reads a file. */
export function readForm(input: unknown): Questionnaire {
  const parsed = importQuestionnaire(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const assembled = assemble(parsed.value, partsAmong(importParts(input)), importTerminology(input));
  return assembled.kind === 'assembled' ? assembled.questionnaire : parsed.value;
}

export function readResponse(example: FormExample): QuestionnaireResponse {
  const parsed = importResponse(responseOf(example));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

export type Seen = Required<Pick<FormExample, 'enabled' | 'calculated' | 'texts' | 'options' | 'submits' | 'submit' | 'draft'>>;

/** Nobody can ask a terminology server here. */
export function seenByCore(
  questionnaire: Questionnaire,
  given: QuestionnaireResponse,
  example: FormExample,
  context: EvaluationContext,
): Seen {
  const response = example.launch ? populateResponse(questionnaire, given, context) : given;
  const { root, isEnabled, texts, options, withdrawn } = evaluateResponse(questionnaire, response, context);
  const enabled = [...itemsIn(root)].filter(isEnabled);
  const issues = (mode: 'submit' | 'draft') =>
    validateResponse(questionnaire, response, { mode, context, signer: example.signer, verdictOf: () => 'unknown' }).map(
      ({ severity, code, path }) => `${severity} ${code} ${path}`.trim(),
    );
  return {
    enabled: enabled.map(({ path }) => path),
    calculated: Object.fromEntries(
      enabled
        .filter(({ item }) => expressionsOf(item).calculated !== undefined)
        .map(({ path, answers }) => [path, answers.map(({ answer }) => bareValue(answer))]),
    ),
    texts: Object.fromEntries(texts),
    options: Object.fromEntries(
      enabled
        .filter(({ item }) => item.type === 'choice' || item.type === 'open-choice')
        .map(({ path, item }) => {
          const values = options.get(path) ?? choicesOf(questionnaire, item)?.map(({ value }) => value) ?? [];
          return [path, values.filter((value) => !withdrawn.get(path)?.has(valueKeyOf(value))).map(choiceName)];
        }),
    ),
    submits: pruneResponse(questionnaire, response, context).item ?? [],
    submit: issues('submit'),
    draft: issues('draft'),
  };
}

/** Its output as JSON; the lines come from `cliInTest`. */
export async function printedBy(args: readonly string[], out: string[]): Promise<unknown> {
  out.length = 0;
  await command.run(['--json', ...args]);
  return JSON.parse(out.join(''));
}

/** `severity code path` → as an OperationOutcome has it, with the path as FHIRPath. */
export const asOutcome = (issue: string): string => {
  const [severity, code, path = ''] = issue.split(' ');
  return `${severity} ${code} ${fhirPathOf(path)}`;
};
