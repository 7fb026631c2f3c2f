/** Publishing a set: one diagram with its forms and rules, checked together, stored by hash, pinned by instances from then on. */
import { createHash } from 'node:crypto';
import { compileBpmn } from '#core/bpmn/compile.ts';
import type { FormFacts } from '#core/bpmn/domain.ts';
import { type Finding, hasErrors } from '#core/bpmn/finding.ts';
import { graphHash } from '#core/bpmn/graph-hash.ts';
import { compileDmn } from '#core/decision/compile.ts';
import type { CompiledDecision } from '#core/decision/compiled.ts';
import { checkQuestionnaire } from '#core/form/check.ts';
import { factValues } from '#core/form/fact-values.ts';
import { questionnaireHash } from '#core/form/hash.ts';
import { parseQuestionnaire, problemText } from '#core/form/parse.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { prove } from '#core/process/soundness/prove.ts';
import { insertContent } from '#db/contents.ts';
import type { Database } from '#db/database.ts';
import { insertDeployment } from '#db/deployments.ts';
import { serviceDescriptor } from './descriptor.ts';
import { notCarried } from './durability.ts';

export interface FlowSet {
  /** `flow.json`, unparsed. */
  readonly descriptor: unknown;
  readonly bpmn: { readonly file: string; readonly xml: string };
  readonly dmn: readonly { readonly file: string; readonly xml: string }[];
  /** Key → Questionnaire, unparsed. */
  readonly forms: readonly { readonly file: string; readonly key: string; readonly json: unknown }[];
}

export type Deployed =
  | { readonly kind: 'deployed'; readonly key: string; readonly version: number; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Refuses the whole set when anything in it has an error; the same set again is the same version. */
export async function deploy(db: Database, set: FlowSet): Promise<Deployed> {
  const findings: Finding[] = [];
  const inFile = (file: string, found: readonly Finding[]) => findings.push(...found.map((finding) => ({ ...finding, file })));
  const descriptor = serviceDescriptor.safeParse(set.descriptor);
  if (!descriptor.success)
    return {
      kind: 'refused',
      findings: descriptor.error.issues.map((issue) => ({
        file: 'flow.json',
        elementId: issue.path.join('.'),
        rule: 'descriptor',
        severity: 'error',
        message: issue.message,
      })),
    };

  const forms: Record<string, string> = {};
  const facts: Record<string, FormFacts[string]> = {};
  const formTexts: { hash: string; text: string }[] = [];
  for (const { file, key, json } of set.forms) {
    const parsed = parseQuestionnaire(json);
    if (!parsed.ok) {
      inFile(file, [{ elementId: key, rule: 'form-malformed', severity: 'error', message: problemText(parsed.problems) }]);
      continue;
    }
    inFile(file, checkQuestionnaire(parsed.value));
    forms[key] = questionnaireHash(parsed.value);
    facts[key] = factValues(parsed.value);
    formTexts.push({ hash: questionnaireHash(parsed.value), text: canonicalJson(parsed.value) });
  }
  const decisions: Record<string, CompiledDecision> = {};
  for (const { file, xml } of set.dmn) {
    const compiled = await compileDmn(xml);
    inFile(file, compiled.findings);
    Object.assign(decisions, compiled.decisions);
  }
  const { key, name, startForm } = descriptor.data;
  const { graph, findings: found } = await compileBpmn({ key, name, xml: set.bpmn.xml, decisions, forms });
  inFile(set.bpmn.file, found);
  if (!forms[startForm])
    inFile('flow.json', [
      { elementId: 'startForm', rule: 'unknown-form', severity: 'error', message: `The form "${startForm}" is not in the set.` },
    ]);
  if (graph) inFile(set.bpmn.file, notCarried(graph));
  if (!graph || hasErrors(findings)) return { kind: 'refused', findings };
  // Only what may run at all is worth exploring, and what is found then may refuse it too.
  inFile(set.bpmn.file, prove(graph, { facts }).findings);
  if (hasErrors(findings)) return { kind: 'refused', findings };

  const hash = graphHash(graph);
  const bpmnHash = createHash('sha256').update(set.bpmn.xml).digest('hex');
  for (const form of formTexts) await insertContent(db, { ...form, kind: 'form' });
  await insertContent(db, { hash: bpmnHash, kind: 'bpmn', text: set.bpmn.xml });
  await insertContent(db, { hash, kind: 'graph', text: canonicalJson(graph) });
  const version = await insertDeployment(db, { serviceKey: key, graphHash: hash, bpmnHash, descriptor: descriptor.data });
  return { kind: 'deployed', key, version, findings };
}
