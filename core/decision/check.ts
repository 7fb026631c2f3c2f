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
  const inCircles = cyclicAmong(decisions, isNoModel);
  for (const decision of Object.values(decisions)) {
    const report = reportOn(decision.id);
    if (inCircles.has(decision.id))
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

/** Those that stand in a circle of requirements or lead into one. Each is looked at once, however many ways lead to it. */
function cyclicAmong(decisions: Readonly<Record<string, CompiledDecision>>, counts: (id: string) => boolean): ReadonlySet<string> {
  const requiring = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const { id, requires } of Object.values(decisions)) {
    const required = new Set(requires.filter((key) => decisions[key] && counts(key)));
    open.set(id, required.size);
    for (const key of required) requiring.set(key, [...(requiring.get(key) ?? []), id]);
  }
  // What requires nothing more that is open is settled, until nothing more settles.
  const settled = [...open].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (const id of settled) {
    open.delete(id);
    for (const other of requiring.get(id) ?? []) {
      const count = (open.get(other) ?? 0) - 1;
      open.set(other, count);
      if (count === 0) settled.push(other);
    }
  }
  return new Set(open.keys());
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
