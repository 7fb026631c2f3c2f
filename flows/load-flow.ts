/** Reads one flow's folder into a graph for tests: the diagram with its rules and forms, and every finding about them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { compileBpmn } from '#core/bpmn/compile.ts';
import type { FormFacts } from '#core/bpmn/domain.ts';
import type { Finding } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { compileDmn } from '#core/decision/compile.ts';
import { assemble, partsAmong } from '#core/form/assemble.ts';
import { checkQuestionnaire } from '#core/form/check.ts';
import { unknownPrefills } from '#core/form/check-prefills.ts';
import { engineFor } from '#core/form/expression/load.ts';
import { factValues } from '#core/form/fact-values.ts';
import { questionnaireHash } from '#core/form/hash.ts';
import { parseQuestionnaire, problemText } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { readTerminology } from '#core/form/terminology/beside.ts';
import type { TerminologyResource } from '#core/form/terminology/resources.ts';

/** Every folder here is a flow, and they are published together. */
export const flowKeys = (): readonly string[] =>
  readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

export interface LoadedFlow {
  readonly graph: ProcessGraph;
  readonly forms: Readonly<Record<string, Questionnaire>>;
  readonly findings: readonly Finding[];
  /** What the forms give. */
  readonly facts: FormFacts;
}

export async function loadFlow(key: string): Promise<LoadedFlow> {
  const folder = new URL(`./${key}/`, import.meta.url);
  const forms = loadForms(key);
  const findings: Finding[] = [];
  for (const form of Object.values(forms)) findings.push(...checkQuestionnaire(form, await engineFor(form)));
  const decisions = {};
  const tables = readdirSync(folder)
    .filter((name) => name.endsWith('.dmn'))
    .map((name) => ({ file: name, xml: readFileSync(new URL(name, folder), 'utf8') }));
  for (const table of tables) {
    const beside = tables.filter((other) => other !== table);
    const compiled = await compileDmn(table.xml, beside);
    Object.assign(decisions, compiled.decisions);
    findings.push(...compiled.findings);
  }
  const compiled = await compileBpmn({
    key,
    xml: readFileSync(new URL(`${key}.bpmn`, folder), 'utf8'),
    decisions,
    forms: Object.fromEntries(Object.entries(forms).map(([formKey, form]) => [formKey, questionnaireHash(form)])),
    published: flowKeys(),
  });
  findings.push(...compiled.findings);
  if (!compiled.graph) throw new Error(`${key} does not compile: ${JSON.stringify(findings, null, 2)}`);
  findings.push(...unknownPrefills(compiled.graph, new Map(Object.entries(forms))));
  const facts = Object.fromEntries(Object.entries(forms).map(([formKey, form]) => [formKey, factValues(form)]));
  return { graph: compiled.graph, forms, findings, facts };
}

export function loadForms(key: string): Readonly<Record<string, Questionnaire>> {
  const folder = new URL(`./${key}/forms/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const forms = files.map((file) => [file.replace(/\.json$/, ''), loadForm(new URL(file, folder))] as const);
  const find = partsAmong(forms.map(([, form]) => form));
  const terminology = loadTerminology(key);
  return Object.fromEntries(
    forms.map(([formKey, form]) => {
      const assembled = assemble(form, find, terminology);
      if (assembled.kind === 'incomplete') throw new Error(`${formKey}: ${assembled.canonical} is missing.`);
      return [formKey, assembled.questionnaire];
    }),
  );
}

function loadTerminology(key: string): readonly TerminologyResource[] {
  const folder = new URL(`./${key}/value-sets/`, import.meta.url);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const { resources, findings } = readTerminology(
    files.map((file) => ({ file, json: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as unknown })),
  );
  if (findings.length > 0) throw new Error(`${key}: ${JSON.stringify(findings, null, 2)}`);
  return resources;
}

function loadForm(url: URL): Questionnaire {
  const parsed = parseQuestionnaire(JSON.parse(readFileSync(url, 'utf8')));
  if (!parsed.ok) throw new Error(`${url.pathname}: ${problemText(parsed.problems)}`);
  return parsed.value;
}
