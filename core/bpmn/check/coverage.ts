/**
 * Conditions of a gateway taken together: one that can never hold after those before it, and a value that comes and for which none holds. Told
 * only where the values are known for certain.
 */
import type { Json } from '#core/json.ts';
import type { Domains } from '../domain.ts';
import type { GraphElement, ProcessGraph, SequenceFlow } from '../graph.ts';
import { holds, type Predicate, predicateOf } from '../predicate.ts';
import type { Report } from '../report.ts';
import { elementsOf } from './walk.ts';

export function checkCoverage(graph: ProcessGraph, domains: Domains, report: Report): void {
  for (const element of elementsOf(graph)) {
    const flows = conditionalFlows(graph, element);
    if (flows.length === 0) continue;
    reportUnreachable(element, flows, domains, report);
    if (!isChoice(element) || defaultOf(element) !== undefined || flows.length < element.outgoing.length) continue;
    const missing = missingIn(flows, domains);
    if (missing.kind !== 'missing') continue;
    const values = Object.entries(missing.values).map(([path, value]) => `${path} = ${JSON.stringify(value)}`);
    report(element.id, 'gateway-uncovered', {
      en: `Nothing follows when ${values.join(' and ')}: the instance stops here. Give that a flow, or make one flow the default flow.`,
      zh: `当 ${values.join(' 且 ')} 时没有可走的分支，流程将停在此处；请为其添加分支，或设置默认流。`,
    });
  }
}

/** Are the values known for which the conditions out of a gateway are asked? Then it is also known whether one is missing. */
export const isEnumerated = (graph: ProcessGraph, element: GraphElement, domains: Domains): boolean =>
  missingIn(conditionalFlows(graph, element), domains).kind !== 'unknown';

const isChoice = ({ elementType }: GraphElement): boolean => elementType === 'exclusiveGateway' || elementType === 'inclusiveGateway';

const defaultOf = (element: GraphElement): string | undefined => ('defaultFlow' in element ? element.defaultFlow : undefined);

const conditionalFlows = (graph: ProcessGraph, element: GraphElement): readonly SequenceFlow[] =>
  element.outgoing
    .flatMap((id) => graph.flows[id] ?? [])
    .filter(({ id, condition }) => condition !== undefined && id !== defaultOf(element));

type Missing = { readonly kind: 'unknown' | 'none' } | { readonly kind: 'missing'; readonly values: Readonly<Record<string, Json>> };

function missingIn(flows: readonly SequenceFlow[], domains: Domains): Missing {
  const predicates = flows.map(({ condition = '' }) => predicateOf(condition));
  const paths = [...new Set(predicates.flatMap((predicate) => predicate.paths))];
  const isKnown = predicates.every(({ opaque }) => opaque.length === 0) && paths.every((path) => domains.get(path)?.isComplete);
  const every = isKnown ? assignments(paths.map((path) => [path, domains.get(path)?.values ?? []])) : null;
  if (!every || paths.length === 0) return { kind: 'unknown' };
  const missing = every.find((values) => !predicates.some((predicate) => holds(predicate, (name) => values[name] ?? null) === true));
  return missing ? { kind: 'missing', values: missing } : { kind: 'none' };
}

function reportUnreachable(element: GraphElement, flows: readonly SequenceFlow[], domains: Domains, report: Report): void {
  const predicates = flows.map(({ condition = '' }) => predicateOf(condition));
  const open = [...new Set(predicates.flatMap(({ paths }) => paths))].map(
    (path): Question => [path, [...(domains.get(path)?.values ?? []), null]],
  );
  const free = predicates.flatMap(({ opaque }, index) => opaque.map((name): Question => [`${index} ${name}`, [true, false]]));
  const every = assignments([...open, ...free]);
  if (!every) return;
  const held = every.map((values) => predicates.map((predicate, index) => holdsWith(predicate, index, values)));
  for (const [index, { id, condition = '' }] of flows.entries()) {
    const isFirst = (row: readonly boolean[]): boolean => element.elementType !== 'exclusiveGateway' || !row.slice(0, index).includes(true);
    if (held.some((row) => row[index] && isFirst(row))) continue;
    const isNever = !held.some((row) => row[index]);
    // What can come is told by the diagram and its forms: another value never does.
    const isMisread = isNever && (predicates[index]?.paths ?? []).some((path) => domains.get(path)?.isComplete);
    report(
      id,
      'condition-unreachable',
      {
        en: isNever
          ? `"${condition}" never holds: no value that can come makes it true. Mend the condition, or remove the flow.`
          : `Whenever "${condition}" holds, a flow before it is taken. Put the narrower condition first, or remove the flow.`,
        zh: isNever
          ? `条件“${condition}”永不成立：没有任何可能的值满足它；请修改条件或删除该分支。`
          : `条件“${condition}”成立时总是先走前面的分支；请把更窄的条件放在前面，或删除该分支。`,
      },
      isMisread ? 'error' : 'warning',
    );
  }
}

const holdsWith = (predicate: Predicate, index: number, values: Readonly<Record<string, Json>>): boolean =>
  holds(predicate, (name) => values[`${index} ${name}`] ?? values[name] ?? null) === true;

type Question = readonly [name: string, values: readonly Json[]];

/** More combinations than this are not worth the question. */
const ASSIGNMENTS_MAX = 512;

/** Null where there are too many. */
function assignments(questions: readonly Question[]): readonly Readonly<Record<string, Json>>[] | null {
  let all: readonly Readonly<Record<string, Json>>[] = [{}];
  for (const [name, values] of questions) {
    if (all.length * values.length > ASSIGNMENTS_MAX) return null;
    all = all.flatMap((known) => values.map((value) => ({ ...known, [name]: value })));
  }
  return all;
}

/** `true`, or `x` and `not(x)`, or `x = a` and `x != a`, leave nothing out. */
export function isTotal(flows: readonly SequenceFlow[]): boolean {
  const conditions = flows.map(({ condition = '' }) => condition.replace(/\s+/g, ''));
  if (conditions.includes('true')) return true;
  return conditions.some(
    (condition) =>
      conditions.includes(`not(${condition})`) || (condition.includes('!=') && conditions.includes(condition.replace('!=', '='))),
  );
}
