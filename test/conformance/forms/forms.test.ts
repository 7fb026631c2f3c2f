/** Every case of the catalogue through core and through the command line; and what holds of each of them, whatever it is about. */
import { beforeAll, describe, expect, it } from 'vitest';
import { itemsIn } from '#core/form/bind.ts';
import { blankResponse } from '#core/form/blank.ts';
import { checkQuestionnaire } from '#core/form/check.ts';
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import { evaluateResponse, populateResponse } from '#core/form/expression/evaluate.ts';
import type { EvaluatedForm } from '#core/form/expression/evaluated-form.ts';
import { FormEvaluation } from '#core/form/expression/form-evaluation.ts';
import { loadEngine } from '#core/form/expression/load.ts';
import { importQuestionnaire } from '#core/form/import.ts';
import { allItems } from '#core/form/items.ts';
import { labelOf } from '#core/form/localize.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { ResponseItem } from '#core/form/response.ts';
import { unsupportedFeatures } from '#core/form/unsupported.ts';
import { bareValue } from '#core/form/value.ts';
import { cliInTest } from '#test/support/cli.ts';
import { caseFiles, type FormExample, NOW, readCase, responseOf } from './corpus.ts';
import { asOutcome, printedBy, readForm, readResponse, type Seen, seenByCore } from './seen.ts';

const { out, write } = cliInTest();

let engine: ExpressionEngine;
beforeAll(async () => {
  engine = await loadEngine();
});

const contextOf = ({ now = NOW, launch }: Partial<FormExample>) => ({ engine, now, ...(launch ? { launch } : {}) });

/** Of what a case says nothing, it expects nothing; issues it always tells. */
const expectedOf = ({ submit = [], draft = [], ...example }: FormExample, seen: Seen): Seen => {
  const { enabled, calculated, texts, options, submits } = { ...seen, ...example };
  return { enabled, calculated, texts, options, submits, submit, draft };
};

describe.each(caseFiles().map((file) => [readCase(file).says, file] as const))('%s', (_says, file) => {
  const { form, imported, findings = [], unsupported = [], begins, labels, examples, open } = readCase(file);
  it(`is read, checked and begun as ${file} says`, async () => {
    const questionnaire = readForm(form);
    const parsed = importQuestionnaire(form);
    const expected = imported ?? form;
    expect(parsed.ok && JSON.stringify(parsed.value)).toBe(JSON.stringify(expected));
    const printed = (await printedBy(['check', write('form.json', form)], out)) as Record<string, readonly Record<string, string>[]>;
    expect(printed.findings?.map(({ severity, elementId, rule }) => `${severity} ${elementId} ${rule}`)).toEqual(findings);
    expect(printed.unsupported?.map(({ linkId, feature }) => `${linkId ?? 'questionnaire'} ${feature}`)).toEqual(unsupported);
    if (!findings.some((finding) => finding.includes('form-part'))) {
      expect(printed).toEqual({
        findings: JSON.parse(JSON.stringify(checkQuestionnaire(questionnaire, engine))),
        unsupported: unsupportedFeatures(questionnaire),
      });
    }
    if (begins)
      expect(populateResponse(questionnaire, blankResponse(questionnaire), contextOf(examples[0] ?? {})).item ?? []).toEqual(begins);
    if (labels) {
      const read = allItems(questionnaire.item ?? []).map((item) => [item.linkId, labelOf(item, 'en')]);
      expect(Object.fromEntries(read)).toMatchObject(labels);
    }
  });

  for (const example of examples) {
    const holds = async (): Promise<void> => {
      const questionnaire = readForm(form);
      const context = contextOf(example);
      const seen = seenByCore(questionnaire, readResponse(example), example, context);
      expect(seen).toEqual(expectedOf(example, seen));

      const args = [write('form.json', form), write('answers.json', responseOf(example)), '--now', context.now];
      const launched = example.launch ? ['--launch', write('launch.json', example.launch), '--populate'] : [];
      const printed = (await printedBy(['evaluate', ...args, ...launched], out)) as Record<string, unknown>;
      const { response, scores } = printed as { response: { item?: readonly ResponseItem[] }; scores: { total: number } };
      expect({ ...printed, response: response.item ?? [] }).toMatchObject({
        enabled: seen.enabled,
        calculated: seen.calculated,
        texts: seen.texts,
        response: seen.submits,
      });
      if (example.total !== undefined) expect(scores.total).toBe(example.total);
      // The command line validates what it is given, and knows nobody who signs.
      if (!example.launch && example.signer === undefined && !example.hasForeignFile) {
        for (const [status, issues] of [['completed', seen.submit] as const, ['in-progress', seen.draft] as const]) {
          const [file, , ...clock] = args;
          const given = write('given.json', { ...responseOf(example), status });
          const outcome = (await printedBy(['validate', file ?? '', given, ...clock], out)) as { issue: readonly Issue[] };
          expect(outcome.issue.flatMap(issueText)).toEqual(issues.map(asOutcome));
        }
      }
      if (example.extracts) {
        const bundle = (await printedBy(['extract', ...args], out)) as { entry: readonly { resource: object }[] };
        expect(bundle.entry.map(({ resource }) => resource)).toMatchObject(example.extracts);
      }
    };
    // What is open is told apart; once it holds, this fails, and the mark in the case is to be taken away.
    if (open === undefined) it(example.says, holds);
    else it(`${example.says} (open)`, () => expect(holds()).rejects.toThrow());
  }
});

interface Issue {
  readonly severity: string;
  readonly details: { readonly coding?: readonly { readonly code: string }[] };
  readonly expression?: readonly string[];
}

const issueText = ({ severity, details, expression }: Issue): readonly string[] =>
  details.coding ? [`${severity} ${details.coding[0]?.code} ${expression?.[0]}`] : [];

describe('whatever a form asks', () => {
  const all = caseFiles().flatMap((file) => readCase(file).examples.map((example) => [`${file}: ${example.says}`, file, example] as const));

  it.each(all)('what is submitted comes to itself, in any order of the items, and holds nothing disabled · %s', (_name, file, example) => {
    const questionnaire = readForm(readCase(file).form);
    const context = contextOf(example);
    const given = readResponse(example);
    const once = pruneResponse(questionnaire, given, context);
    expect(pruneResponse(questionnaire, once, context)).toEqual(once);
    expect(pruneResponse(questionnaire, { ...given, item: turned(given.item) }, context)).toEqual(once);
    const { root, isEnabled } = evaluateResponse(questionnaire, once, context);
    for (const bound of itemsIn(root)) if (!isEnabled(bound)) expect(bound.answers).toEqual([]);
  });

  it.each(caseFiles())('a page that goes from one to the other comes to what the door computes anew · %s', (file) => {
    const { form, examples } = readCase(file);
    const kept = readForm(form);
    const page = new FormEvaluation(kept, contextOf({}));
    for (const example of [...examples, ...examples].filter(({ launch }) => !launch)) {
      const response = readResponse(example);
      const { now = NOW } = example;
      expect(foundIn(page.evaluate(response, now))).toEqual(foundIn(evaluateResponse(readForm(form), response, contextOf({ now }))));
    }
  });
});

const foundIn = ({ root, isEnabled, ...computed }: EvaluatedForm) => ({
  ...computed,
  items: [...itemsIn(root)].map((bound) => [bound.path, isEnabled(bound), bound.answers.map(({ answer }) => bareValue(answer))]),
});

/** In another order; rows and answers of one item stay in theirs. */
const turned = (items: readonly ResponseItem[] = []): readonly ResponseItem[] =>
  items
    .map((item) => (item.item ? { ...item, item: turned(item.item) } : item))
    .sort((a, b) => (a.linkId < b.linkId ? 1 : a.linkId > b.linkId ? -1 : 0));
