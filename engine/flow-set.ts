/** A set: one diagram with its forms, their value sets and rules, deployed together, checked as a whole, each part addressed by its hash. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compileBpmn } from '#core/bpmn/compile.ts';
import type { FormFacts } from '#core/bpmn/domain.ts';
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { graphHash } from '#core/bpmn/graph-hash.ts';
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
import { readTerminology, type TerminologyFile } from '#core/form/terminology/beside.ts';
import { canonicalHash, canonicalJson } from '#core/journal/canonical.ts';
import { proveInTurns } from '#core/process/soundness/prove.ts';
import type { ContentKind } from '#db/contents.ts';
import { type ServiceDescriptor, serviceDescriptor } from './descriptor.ts';
import { notCarried } from './durability.ts';
import { givenOn, shownInLists, unknownAnswers, unknownSteps } from './field-rights-check.ts';

export interface FlowSet {
  /** `flow.json`, unparsed. */
  readonly descriptor: unknown;
  readonly bpmn: { readonly file: string; readonly xml: string };
  readonly dmn: readonly { readonly file: string; readonly xml: string }[];
  /** Key → Questionnaire, unparsed. */
  readonly forms: readonly { readonly file: string; readonly key: string; readonly json: unknown }[];
  /** Absent in sets that were stored before there were any. */
  readonly valueSets?: readonly TerminologyFile[];
}

/** What a set is, once it was read: what has no findings of severity error may be published. */
export interface CheckedSet {
  readonly descriptor: ServiceDescriptor;
  readonly setHash: string;
  readonly bpmnHash: string;
  /** Null when the diagram does not compile. */
  readonly graph: { readonly hash: string; readonly graph: ProcessGraph } | null;
  readonly findings: readonly Finding[];
  readonly contents: readonly { readonly hash: string; readonly kind: ContentKind; readonly text: string }[];
}

export type Checked = ({ readonly kind: 'read' } & CheckedSet) | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] };

/** Without a readable `flow.json` nobody knows which flow it is a version of. `published`: keys of the flows that it may call. */
export async function checkSet(set: FlowSet, published: readonly string[] = []): Promise<Checked> {
  const descriptor = serviceDescriptor.safeParse(set.descriptor);
  if (!descriptor.success) {
    return {
      kind: 'unreadable',
      findings: descriptor.error.issues.map((issue) => ({
        file: 'flow.json',
        elementId: issue.path.join('.'),
        rule: 'descriptor',
        severity: 'error',
        message: issue.message,
      })),
    };
  }
  const findings: Finding[] = [];
  const inFile = (file: string, found: readonly Finding[]) => findings.push(...found.map((finding) => ({ ...finding, file })));
  const forms: Record<string, string> = {};
  const facts: Record<string, FormFacts[string]> = {};
  const wholeForms: { readonly file: string; readonly key: string; readonly questionnaire: Questionnaire }[] = [];
  const formTexts: { hash: string; kind: 'form'; text: string }[] = [];
  const terminology = readTerminology(set.valueSets ?? []);
  findings.push(...terminology.findings);
  const parsedForms = set.forms.map((form) => ({ ...form, parsed: parseQuestionnaire(form.json) }));
  const find = partsAmong(parsedForms.flatMap(({ parsed }) => (parsed.ok ? [parsed.value] : [])));
  for (const { file, key, parsed } of parsedForms) {
    if (!parsed.ok) {
      inFile(file, [{ elementId: key, rule: 'form-malformed', severity: 'error', message: problemText(parsed.problems) }]);
      continue;
    }
    const assembled = assemble(parsed.value, find, terminology.resources);
    if (assembled.kind === 'incomplete') {
      inFile(file, [partMissing(assembled)]);
      continue;
    }
    const { questionnaire } = assembled;
    inFile(file, checkQuestionnaire(questionnaire, await engineFor(questionnaire)));
    forms[key] = questionnaireHash(questionnaire);
    facts[key] = factValues(questionnaire);
    wholeForms.push({ file, key, questionnaire });
    formTexts.push({ hash: questionnaireHash(questionnaire), kind: 'form', text: canonicalJson(questionnaire) });
  }
  const decisions: Record<string, CompiledDecision> = {};
  for (const { file, xml } of set.dmn) {
    const beside = set.dmn.filter((other) => other.file !== file);
    const compiled = await compileDmn(xml, beside);
    inFile(file, compiled.findings);
    Object.assign(decisions, compiled.decisions);
  }
  const { key, name, startForm } = descriptor.data;
  const { graph, findings: found } = await compileBpmn({ key, name, xml: set.bpmn.xml, decisions, forms, published });
  inFile(set.bpmn.file, found);
  if (startForm !== undefined && !forms[startForm])
    inFile('flow.json', [
      { elementId: 'startForm', rule: 'unknown-form', severity: 'error', message: `The form "${startForm}" is not in the set.` },
    ]);
  for (const { file, key: formKey, questionnaire } of wholeForms) {
    if (graph) inFile(file, [...unknownSteps(questionnaire, graph), ...unknownAnswers(questionnaire, formKey, graph)]);
    if (formKey === startForm) inFile(file, shownInLists(questionnaire, descriptor.data));
  }
  const formsByKey = new Map(wholeForms.map(({ key: formKey, questionnaire }) => [formKey, questionnaire]));
  if (graph) inFile(set.bpmn.file, [...givenOn(formsByKey, graph, descriptor.data), ...unknownPrefills(graph, formsByKey)]);
  if (graph) inFile(set.bpmn.file, notCarried(graph));
  // Only what may run at all is worth exploring, and what is found then may refuse it too.
  if (graph && !hasErrors(findings)) inFile(set.bpmn.file, (await proveInTurns(graph, { facts, pause: nextTurn })).findings);

  const bpmnHash = createHash('sha256').update(set.bpmn.xml).digest('hex');
  const { valueSets = [], ...others } = set;
  // A set without any has the hash that it had before there could be any.
  const whole = { ...others, descriptor: descriptor.data, ...(valueSets.length > 0 && { valueSets }) };
  const setHash = canonicalHash(whole);
  const hash = graph && graphHash(graph);
  return {
    kind: 'read',
    descriptor: descriptor.data,
    setHash,
    bpmnHash,
    graph: graph && hash ? { hash, graph } : null,
    findings,
    contents: [
      { hash: setHash, kind: 'set', text: canonicalJson(whole) },
      { hash: bpmnHash, kind: 'bpmn', text: set.bpmn.xml },
      ...formTexts,
      ...(graph && hash ? [{ hash, kind: 'graph' as const, text: canonicalJson(graph) }] : []),
    ],
  };
}
