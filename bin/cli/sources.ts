/** Reads definitions from files: a diagram together with the rules and forms that stand beside it. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { compileBpmn } from '#core/bpmn/compile.ts';
import type { FormFacts } from '#core/bpmn/domain.ts';
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { compileDmn } from '#core/decision/compile.ts';
import type { CompiledDecision } from '#core/decision/compiled.ts';
import { assemble, partsAmong } from '#core/form/assemble.ts';
import { checkQuestionnaire, partMissing } from '#core/form/check.ts';
import { unknownPrefills } from '#core/form/check-prefills.ts';
import { engineFor } from '#core/form/expression/load.ts';
import { factValues } from '#core/form/fact-values.ts';
import { questionnaireHash } from '#core/form/hash.ts';
import { parseQuestionnaire, problemText } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { type ReadTerminology, readTerminology, type TerminologyFile } from '#core/form/terminology/beside.ts';
import { prove } from '#core/process/soundness/prove.ts';

export interface ReadDiagram {
  readonly graph: ProcessGraph | null;
  readonly findings: readonly Finding[];
  /** What its forms give. */
  readonly facts: FormFacts;
}

/** As `readDiagram`, and where that found no error, with what can be proved of the definition. */
export async function checkDiagram(file: string, beside: readonly string[] = []): Promise<ReadDiagram> {
  const read = await readDiagram(file, beside);
  if (!read.graph || hasErrors(read.findings)) return read;
  const proof = prove(read.graph, { facts: read.facts });
  return { ...read, findings: [...read.findings, ...inFile(file, proof.findings)] };
}

/** `*.dmn`, `forms/*.json` and `value-sets/*.json` of the same folder belong to the diagram; `beside`: diagrams that it may call. */
export async function readDiagram(file: string, beside: readonly string[] = []): Promise<ReadDiagram> {
  const folder = path.dirname(file);
  const xml = await readXmlFile(file);
  const decisions: Record<string, CompiledDecision> = {};
  const forms: Record<string, string> = {};
  const facts: Record<string, FormFacts[string]> = {};
  const questionnaires = new Map<string, Questionnaire>();
  const findings: Finding[] = [];
  for (const name of await filesIn(folder, '.dmn')) {
    const compiled = await readRules(path.join(folder, name));
    Object.assign(decisions, compiled.decisions);
    findings.push(...compiled.findings);
  }
  for (const name of await filesIn(path.join(folder, 'forms'), '.json')) {
    const form = await readForm(path.join(folder, 'forms', name));
    const key = path.basename(name, '.json');
    if (form.hash !== null) forms[key] = form.hash;
    if (form.facts) facts[key] = form.facts;
    if (form.questionnaire) questionnaires.set(key, form.questionnaire);
    findings.push(...form.findings);
  }
  findings.push(...(await terminologyOf(folder)).findings);
  const compiled = await compileBpmn({ key: keyOf(file), xml, decisions, forms, published: beside.map(keyOf) });
  const unknown = compiled.graph ? unknownPrefills(compiled.graph, questionnaires) : [];
  return { graph: compiled.graph, findings: [...inFile(file, [...compiled.findings, ...unknown]), ...findings], facts };
}

const keyOf = (file: string): string => path.basename(file).replace(/\.bpmn2?(\.xml)?$|\.xml$/, '');

/** With the files of its folder, which it may import. */
export async function readRules(file: string) {
  const folder = path.dirname(file);
  const others = (await filesIn(folder, '.dmn')).filter((name) => name !== path.basename(file));
  const beside = await Promise.all(others.map(async (name) => ({ file: name, xml: await readXmlFile(path.join(folder, name)) })));
  const { decisions, findings, findingsOf } = await compileDmn(await readXmlFile(file), beside);
  const placed = new Map(findings.map((finding) => [finding, { file, ...finding }]));
  const ofKeys = [...findingsOf].map(([key, found]) => [key, found.flatMap((finding) => placed.get(finding) ?? [])] as const);
  return { decisions, findings: [...placed.values()], findingsOf: new Map(ofKeys) };
}

export interface ReadForm {
  readonly hash: string | null;
  readonly findings: readonly Finding[];
  readonly facts?: FormFacts[string];
  /** With its parts; absent where it cannot be read. */
  readonly questionnaire?: Questionnaire;
}

export async function readForm(file: string): Promise<ReadForm> {
  const key = path.basename(file, '.json');
  const malformed = (message: string): ReadForm => ({
    hash: null,
    findings: inFile(file, [{ elementId: key, rule: 'form-malformed', severity: 'error', message }]),
  });
  let input: unknown;
  try {
    input = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return malformed(`The file is not JSON: ${error.message}.`);
  }
  const parsed = parseQuestionnaire(input);
  if (!parsed.ok) return malformed(problemText(parsed.problems));
  const assembled = assemble(
    parsed.value,
    partsAmong(await formsBeside(file)),
    (await terminologyOf(path.dirname(path.dirname(file)))).resources,
  );
  if (assembled.kind === 'incomplete') return { hash: null, findings: inFile(file, [partMissing(assembled)]) };
  const { questionnaire } = assembled;
  const findings = inFile(file, checkQuestionnaire(questionnaire, await engineFor(questionnaire)));
  return { hash: questionnaireHash(questionnaire), findings, facts: factValues(questionnaire), questionnaire };
}

/** The forms of the same folder, as far as they can be read: parts that a form may name. */
async function formsBeside(file: string): Promise<readonly Questionnaire[]> {
  const folder = path.dirname(file);
  const names = await filesIn(folder, '.json');
  const read = await Promise.all(
    names.map(async (name) => {
      try {
        return parseQuestionnaire(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
      } catch {
        // It is told where it is checked itself.
        return null;
      }
    }),
  );
  return read.flatMap((parsed) => (parsed?.ok ? [parsed.value] : []));
}

/** Of the folder that holds the diagram. */
async function terminologyOf(folder: string): Promise<ReadTerminology> {
  const place = path.join(folder, 'value-sets');
  const read: TerminologyFile[] = [];
  const unreadable: Finding[] = [];
  for (const name of await filesIn(place, '.json')) {
    const file = path.join(place, name);
    try {
      read.push({ file, json: JSON.parse(await readFile(file, 'utf8')) as unknown });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const message = `The file is not JSON: ${error.message}.`;
      unreadable.push({ file, elementId: path.basename(name, '.json'), rule: 'value-set-malformed', severity: 'error', message });
    }
  }
  const { resources, findings } = readTerminology(read);
  return { resources, findings: [...unreadable, ...findings] };
}

/** In the encoding that its declaration names; older modelers write ISO-8859-1 or GBK. */
async function readXmlFile(file: string): Promise<string> {
  const bytes = await readFile(file);
  const declared = /^<\?xml[^>]*encoding=["']([\w.:-]+)["']/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared).decode(bytes);
  } catch (error) {
    // An encoding that nobody knows: read as UTF-8, whatever cannot be read shows itself.
    if (error instanceof RangeError) return bytes.toString('utf8');
    throw error;
  }
}

const inFile = (file: string, findings: readonly Finding[]): readonly Finding[] => findings.map((finding) => ({ file, ...finding }));

/** Their names, sorted; none where there is no such folder. */
export async function filesIn(folder: string, extension: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(extension)).sort();
  } catch (error) {
    // A diagram need not have forms.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
