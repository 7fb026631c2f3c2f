/** Decides which hospital, department and team does an order: by what the rules proposed, or by whom an operator chose. Every decision is kept, with why. */
import { z } from 'zod';
import { proposal, type RouteRecord, routeRecord } from '#core/master-data/order.ts';
import { decideRoute, type Route, type RouteQuery } from '#core/master-data/routing.ts';
import { type OrderPart, splitOrder } from '#core/master-data/split.ts';
import type { Database } from '#db/database.ts';
import { readInstance } from '#db/stored-instance.ts';
import { readRoutingGround } from '#engine/routing.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({
  category: z.enum(['exam', 'test']),
  items: z.array(z.string()).min(1),
  declined: z.array(z.string()),
  routes: z.array(routeRecord),
  proposal,
  /** A part of a sheet is not split again. */
  isPart: z.boolean().default(true),
  /** Null: the rules decide. */
  chosen: z.object({ organisation: z.string(), by: z.string(), reasonCode: z.string() }).nullable().default(null),
});

export const routeOrder =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const { category, items, declined, routes, proposal: proposed, isPart, chosen } = readInput(inputs, variables);
    const instance = await readInstance(db, instanceId);
    if (!instance) throw new JobError('The instance is gone.', { isFinal: true });
    const { ground, dictionaryVersion } = await readRoutingGround(db, {
      category,
      items,
      ordererId: instance.organisationId,
      nowMs: Date.now(),
    });
    const query: RouteQuery = {
      ...ground,
      candidates: chosen ? [chosen.organisation] : proposed.candidates,
      fallback: chosen ? null : proposed.fallback,
      declined,
      isChosen: chosen !== null,
    };
    const route = decideRoute(query);
    const parts = route.outcome === 'routed' || isPart || chosen ? null : splitOrder(query);
    const record: RouteRecord = {
      at: new Date().toISOString(),
      outcome: parts ? 'split' : route.outcome,
      by: chosen?.by ?? null,
      reasonCode: chosen?.reasonCode ?? null,
      rule: chosen ? null : { 'zh-CN': proposed.reason, en: proposed.reasonEn },
      dictionaryVersion,
      ...placeOf(route),
      considered: route.considered.map((each) => ({ ...each, items: [...each.items] })),
      parts: (parts ?? []).map(({ organisation, items: codes }: OrderPart) => ({ organisation, items: [...codes] })),
    };
    // Both are JSON: what is parsed by the schema is written by it.
    return { decided: record, routes: [...routes, record] };
  };

const placeOf = (route: Route): Pick<RouteRecord, 'organisation' | 'department' | 'team' | 'localItems'> =>
  route.outcome === 'routed'
    ? { organisation: route.organisation, department: route.department, team: route.team, localItems: [...route.localItems] }
    : { organisation: null, department: null, team: null, localItems: [] };
