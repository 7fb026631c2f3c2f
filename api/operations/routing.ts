/** Who serves what, the rules by which orders are routed, a trial of them, and why an order went where it went. */
import { z } from 'zod';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { type DecisionResult, evaluateDecision } from '#core/decision/evaluate.ts';
import { DICTIONARY_KEYS, type DictionaryKey, SPECIMENS, type Specimen } from '#core/master-data/dictionary.ts';
import { ORDER_SERVICE, proposal, ROUTING_DECISION, type RouteRecord, routeRecord, SETTLING_ELEMENT } from '#core/master-data/order.ts';
import { decideRoute, type RouteQuery, type ServicePoint } from '#core/master-data/routing.ts';
import { splitOrder } from '#core/master-data/split.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import type { LocalizedText } from '#core/text.ts';
import { currentDeployment } from '#db/deployments.ts';
import { changingMasterData, isPlaceOf, readLoad, readRoutedOrganisations, readServicePoints, storeServicePoint } from '#db/master-data.ts';
import { readRoutingGround } from '#engine/routing.ts';
import { ApiError, notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { firedRuleView } from '../read/fired-rules.ts';
import { loadInstance } from '../read/instance.ts';
import { routeDecisionOf } from '../read/route-decision.ts';
import { routeAgain } from '../read/waiting-orders.ts';
import type { InstanceRoutingView, RoutingRulesView, RoutingView, ServicePointView, TriedRouteView } from '../views/master-data.ts';
import type { OrganisationView } from '../views.ts';
import { note } from './master-data.ts';

const ITEMS_MAX = 50;
const POINTS_ID_MAX = 100;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export const routing = defineOperation({
  name: 'routing',
  method: 'get',
  path: '/master-data/routing',
  summary: 'Who serves what, how much they have to do, and the rules that propose hospitals',
  input: z.object({}),
  right: 'master-data.manage',
  async run(context): Promise<RoutingView> {
    const { db } = context.runtime;
    const [points, load] = await Promise.all([readServicePoints(db), readLoad(db, ORDER_SERVICE)]);
    return {
      points: await Promise.all(points.map((point) => pointView(context, point, load[point.id] ?? 0))),
      rules: await rulesView(context),
    };
  },
});

async function pointView(context: Context, point: ServicePoint, openOrders: number): Promise<ServicePointView> {
  const { directory } = context.runtime;
  const referred = async (kind: 'department' | 'team', id: string): Promise<OrganisationView> => {
    const found = await directory.reference(kind, id);
    return { id, name: found?.display ?? id, nameEn: found?.displayEn ?? id };
  };
  return {
    ...point,
    organisation: await directory.organisation(point.organisationId),
    department: await referred('department', point.departmentId),
    team: await referred('team', point.teamId),
    openOrders,
  };
}

async function rulesOf({ runtime }: Context): Promise<{ readonly graph: ProcessGraph; readonly version: number } | null> {
  const deployment = await currentDeployment(runtime.db, ORDER_SERVICE);
  return deployment ? { graph: await runtime.definitions.graph(deployment.graphHash), version: deployment.version } : null;
}

async function rulesView(context: Context): Promise<RoutingRulesView | null> {
  const found = await rulesOf(context);
  const table = found?.graph.decisions[ROUTING_DECISION]?.logic;
  if (!found || table?.kind !== 'table') return null;
  const organisation = (id: string) => context.runtime.directory.organisation(id);
  const cell = (results: readonly string[], name: string): unknown => {
    const index = table.outputs.findIndex((output) => output.name === name);
    return literalOf(results[index] ?? 'null');
  };
  return {
    serviceKey: ORDER_SERVICE,
    version: found.version,
    inputs: table.inputs.map(({ label, expression }) => ({ 'zh-CN': label ?? expression, en: expression })),
    rules: await Promise.all(
      table.rules.map(async ({ tests, results }, index) => {
        const [candidates, fallback] = [cell(results, 'candidates'), cell(results, 'fallback')];
        return {
          number: index + 1,
          tests,
          candidates: await Promise.all((Array.isArray(candidates) ? candidates : []).map((id) => organisation(String(id)))),
          fallback: typeof fallback === 'string' ? await organisation(fallback) : null,
          reason: { 'zh-CN': String(cell(results, 'reason') ?? ''), en: String(cell(results, 'reasonEn') ?? '') },
        };
      }),
    ),
  };
}

/** Cells of the routing table are texts, lists of texts and null, which FEEL writes as JSON does. */
function literalOf(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return source;
  }
}

export const putServicePoint = defineOperation({
  name: 'putServicePoint',
  method: 'put',
  path: '/master-data/service-points/:id',
  summary: 'Say who serves a dictionary in a hospital, when, for which specimens, and how much at once',
  input: z.object({
    id: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .max(POINTS_ID_MAX),
    organisationId: z.string().max(100),
    departmentId: z.string().max(100),
    teamId: z.string().max(100),
    dictionary: z.enum(DICTIONARY_KEYS as readonly [DictionaryKey, ...DictionaryKey[]]),
    specimens: z.array(z.enum(Object.keys(SPECIMENS) as [Specimen, ...Specimen[]])).default([]),
    hours: z.strictObject({ from: z.string().regex(TIME), to: z.string().regex(TIME) }).nullable(),
    openOrdersMax: z.int().min(0).max(100_000).nullable(),
    isOpen: z.boolean(),
    reason: z.string().trim().max(500).optional(),
  }),
  right: 'master-data.manage',
  async run(context, { reason, ...point }): Promise<{ readonly routedAgain: number }> {
    if (point.hours && point.hours.from >= point.hours.to) throw refused({ code: 'hours-invalid' });
    await changingMasterData(context.runtime.db, async (trx) => {
      if (!(await isPlaceOf(trx, point))) throw refused({ code: 'place-unknown' });
      const before = (await readServicePoints(trx)).find(({ id }) => id === point.id) ?? null;
      const isMoved =
        before !== null && (['organisationId', 'departmentId', 'teamId', 'dictionary'] as const).some((key) => before[key] !== point[key]);
      // Orders under way are counted at it.
      if (isMoved) throw refused({ code: 'point-moved' });
      if (before?.isOpen && !point.isOpen && !reason) throw refused({ code: 'reason-required' });
      await storeServicePoint(trx, point);
      await note(trx, context, {
        subject: 'service-point',
        subjectId: point.id,
        act: before ? 'edit' : 'write',
        reason: reason ?? null,
        before,
        after: point,
      });
    });
    return { routedAgain: await routeAgain(context) };
  },
});

export const tryRouting = defineOperation({
  name: 'tryRouting',
  method: 'post',
  path: '/master-data/routing/try',
  summary: 'Where an order of these items would go now, and why; nothing is sent',
  input: z.object({
    category: z.enum(['exam', 'test']),
    items: z.array(z.string().max(100)).min(1).max(ITEMS_MAX),
    specimen: z
      .enum(Object.keys(SPECIMENS) as [Specimen, ...Specimen[]])
      .nullable()
      .default(null),
    urgency: z.enum(['routine', 'urgent', 'emergency']),
    insurance: z.enum(['resident', 'employee', 'none']).default('resident'),
    organisationId: z.string().max(100),
  }),
  right: 'master-data.manage',
  async run(context, { category, items, specimen, urgency, insurance, organisationId }): Promise<TriedRouteView> {
    const { db } = context.runtime;
    const [found, organisations] = await Promise.all([rulesOf(context), readRoutedOrganisations(db)]);
    const orderer = organisations.find(({ id }) => id === organisationId);
    if (!found || !orderer) throw notFound();
    const nowMs = Date.now();
    const facts = { category, urgency, specimen, insurance, tie: orderer.tie, region: orderer.region };
    const result = evaluateDecision(found.graph.decisions, ROUTING_DECISION, facts, {
      at: new Date(nowMs).toISOString(),
      zone: orderer.zone,
    });
    const proposed = proposedBy(result);
    const { ground, dictionaryVersion } = await readRoutingGround(db, { category, items, ordererId: organisationId, nowMs });
    const query: RouteQuery = { ...ground, ...proposed, declined: [], isChosen: false };
    const route = decideRoute(query);
    const parts = route.outcome === 'routed' ? null : splitOrder(query);
    const place = route.outcome === 'routed' ? route : { organisation: null, department: null, team: null, localItems: [] };
    const record: RouteRecord = {
      at: new Date(nowMs).toISOString(),
      outcome: parts ? 'split' : route.outcome,
      by: null,
      reasonCode: null,
      rule: { 'zh-CN': proposed.reason, en: proposed.reasonEn },
      dictionaryVersion,
      organisation: place.organisation,
      department: place.department,
      team: place.team,
      localItems: [...place.localItems],
      considered: route.considered.map((each) => ({ ...each, items: [...each.items] })),
      parts: (parts ?? []).map((part) => ({ ...part, items: [...part.items] })),
    };
    return {
      fired: result.ok ? result.fired.map((rule) => firedRuleView(rule, found.graph, new Map())) : [],
      decision: await routeDecisionOf(context, record, { dictionary: category, reasons: new Map() }),
    };
  },
});

function proposedBy(result: DecisionResult) {
  const parsed = proposal.safeParse(result.ok ? result.result : null);
  if (!parsed.success) throw new ApiError(422, { code: 'no-rule' });
  return parsed.data;
}

export const instanceRouting = defineOperation({
  name: 'instanceRouting',
  method: 'get',
  path: '/instances/:id/routing',
  summary: 'Where an order was sent, by whom or by which rule, and why each hospital was taken or passed over',
  input: z.object({ id: z.uuid() }),
  right: 'signed-in',
  async run(context, { id }): Promise<InstanceRoutingView> {
    const { state, graph, instance } = await loadInstance(context, id);
    if (instance.serviceKey !== ORDER_SERVICE) throw notFound();
    const variables = state.elements[ROOT_KEY]?.variables ?? {};
    const records = z.array(routeRecord).safeParse(variables.routes);
    const dictionary = variables.category === 'test' ? 'test' : 'exam';
    const reasons = reasonsOf(graph);
    const decisions = await Promise.all(
      (records.success ? records.data : []).map((record) => routeDecisionOf(context, record, { dictionary, reasons })),
    );
    return { decisions: decisions.toReversed() };
  },
});

/** The operator's coded reasons, as the diagram words them. */
function reasonsOf(graph: ProcessGraph): ReadonlyMap<string, LocalizedText> {
  const element = graph.elements[SETTLING_ELEMENT];
  const outcomes = element?.elementType === 'userTask' ? element.outcomes : [];
  return new Map(
    outcomes.flatMap(({ reason }) => (reason.kind === 'coded' ? reason.codes.map(({ code, name }) => [code, name] as const) : [])),
  );
}
