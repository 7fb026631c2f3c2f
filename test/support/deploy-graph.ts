/** Deploys a graph as it is. A small diagram is no flow of a hospital, so it is no set that could be checked as one; what runs it is the same. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { graphHash } from '#core/bpmn/graph-hash.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { insertContent } from '#db/contents.ts';
import { insertDraft, publishDraft } from '#db/versions.ts';
import type { World } from './world.ts';

/** Under its own key; its first process is the one that is started. */
export async function deployGraph({ db }: Pick<World, 'db'>, graph: ProcessGraph): Promise<void> {
  const { key } = graph;
  const hash = graphHash(graph);
  await insertContent(db, { hash, kind: 'graph', text: canonicalJson(graph) });
  const name = { 'zh-CN': key };
  const [processId] = Object.keys(graph.processes);
  const descriptor = { key, name, description: name, icon: 'consult', numberPrefix: 'SY', processId, startForm: 'none', titleFacts: [] };
  const version = await insertDraft(db, { key, setHash: null, graphHash: hash, bpmnHash: hash, descriptor, findings: [] });
  await publishDraft(db, { key, version }, { graphHash: hash, findings: [] });
}
