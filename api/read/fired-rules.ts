/** Which rules decided, and on which values: as far as a viewer may see what they were decided from. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { FiredRuleJson } from '#core/decision/evaluate.ts';
import { wordsOf } from '#core/feel/scope.ts';
import type { Json } from '#core/json.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import type { FiredRuleView } from '../views.ts';

/** `guarded` are the names of facts that are not open to the viewer. */
export function firedRulesOf(event: ProcessEvent, graph: ProcessGraph, guarded: ReadonlyMap<string, unknown>): readonly FiredRuleView[] {
  if (event.type !== 'decision.evaluated') return [];
  return (event.fired ?? []).map((rule) => firedRuleView(rule, graph, guarded));
}

export function firedRuleView(
  { decisionId, rule, annotation, inputs, outputs }: FiredRuleJson,
  graph: ProcessGraph,
  guarded: ReadonlyMap<string, unknown>,
): FiredRuleView {
  const decision = graph.decisions[decisionId];
  const table = decision?.logic.kind === 'table' ? decision.logic : null;
  // DMN knows one label: who reads another language gets the name that the rule reads or gives.
  const labels = new Map(table?.outputs.map(({ name, label }) => [name, label ?? name]));
  const expressions = new Map(table?.inputs.map(({ label, expression }) => [label ?? expression, expression]));
  // What a rule gives tells of what it was decided from, so either both are seen or neither.
  const words = wordsFor(decisionId, graph);
  const isGuarded = [...guarded.keys()].some((name) => words.has(name));
  return {
    decision: decision?.name ?? { 'zh-CN': decisionId },
    rule,
    annotation: annotation ?? null,
    isGuarded,
    inputs: isGuarded
      ? []
      : inputs.map(({ name, value }) => ({ name: { 'zh-CN': name, en: expressions.get(name) ?? name }, value: shown(value) })),
    outputs: isGuarded
      ? []
      : outputs.map(({ name, value }) => ({ name: { 'zh-CN': labels.get(name) ?? name, en: name }, value: shown(value) })),
  };
}

/** Of the decision and of all that it requires. */
function wordsFor(decisionId: string, graph: ProcessGraph): ReadonlySet<string> {
  const words = new Set<string>();
  const seen = new Set<string>();
  const add = (id: string): void => {
    const decision = graph.decisions[id];
    if (!decision || seen.has(id)) return;
    seen.add(id);
    for (const word of wordsOf(JSON.stringify(decision))) words.add(word);
    for (const required of decision.requires) add(required);
  };
  add(decisionId);
  return words;
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
