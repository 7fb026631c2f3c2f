/** What can be said of compiled decisions without values: the graph, every text, and the tables. */
import { checkDoses } from './check-doses.ts';
import { checkNames, type ModelNames } from './check-names.ts';
import { checkRules } from './check-rules.ts';
import { checkTypes } from './check-types.ts';
import type { CompiledDecision, DecisionTable, Logic } from './compiled.ts';
import type { ReportOn } from './report.ts';
import { textsOf } from './texts.ts';

export function checkDecisions(decisions: Readonly<Record<string, CompiledDecision>>, model: ModelNames, reportOn: ReportOn): void {
  // A business knowledge model may call itself.
  const isNoModel = (id: string): boolean => decisions[id]?.element !== 'businessKnowledgeModel';
  const isCyclic = (id: string, path: readonly string[]): boolean =>
    path.includes(id) || (decisions[id]?.requires ?? []).filter(isNoModel).some((required) => isCyclic(required, [...path, id]));
  for (const decision of Object.values(decisions)) {
    const report = reportOn(decision.id);
    if (isCyclic(decision.id, []))
      report(decision.id, 'decision-cycle', 'It requires itself, directly or through others.', '决策之间循环依赖。');
    const circle = circleOf(decision.id, decisions);
    if (circle)
      report(
        decision.id,
        'decision-cycle',
        `The knowledge models ${circle.join(' → ')} call each other in a circle.`,
        `业务知识模型 ${circle.join(' → ')} 循环互相调用。`,
      );
    // What was imported is checked where it stands.
    if (decision.id.includes('#')) continue;
    const texts = textsOf(decision, decisions);
    for (const { fault, elementId } of texts) if (fault !== null) report(elementId, 'feel-syntax', fault, `FEEL 语法错误：${fault}`);
    checkNames(decision, texts, model, report);
    const tables = tablesIn(decision.logic);
    checkDoses(tables, texts, report);
    for (const table of tables) {
      checkTypes(decision.id, table, report);
      checkRules(decision.id, table, report);
    }
  }
}

/** Of knowledge models from one back to it through others; null where there is none. */
function circleOf(id: string, decisions: Readonly<Record<string, CompiledDecision>>): readonly string[] | null {
  const models = (key: string): readonly string[] =>
    (decisions[key]?.requires ?? []).filter((required) => required !== key && decisions[required]?.element === 'businessKnowledgeModel');
  const seen = new Set<string>();
  const wayBack = (key: string, path: readonly string[]): readonly string[] | null => {
    if (key === id && path.length > 1) return path;
    if (seen.has(key)) return null;
    seen.add(key);
    for (const next of models(key)) {
      const found = wayBack(next, [...path, next]);
      if (found) return found;
    }
    return null;
  };
  return decisions[id]?.element === 'businessKnowledgeModel' ? wayBack(id, [id]) : null;
}

function tablesIn(logic: Logic): readonly DecisionTable[] {
  if (logic.kind === 'table') return [logic];
  return partsOf(logic).flatMap(tablesIn);
}

function partsOf(logic: Logic): readonly Logic[] {
  switch (logic.kind) {
    case 'context':
      return [...logic.entries.map(({ value }) => value), ...(logic.result ? [logic.result] : [])];
    case 'list':
      return logic.items;
    case 'relation':
      return logic.rows.flat();
    case 'function':
      return [logic.body];
    case 'invocation':
      return [logic.called, ...logic.bindings.map(({ value }) => value)];
    case 'conditional':
      return [logic.condition, logic.yes, logic.no];
    case 'filter':
      return [logic.list, logic.match];
    case 'for':
    case 'some':
    case 'every':
      return [logic.list, logic.body];
    case 'literal':
    case 'table':
    case 'service':
      return [];
  }
}
