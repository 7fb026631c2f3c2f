/**
 * One sheet with items for several hospitals (requirements.md 8.2): which items go together, and where. As few hospitals as the rules allow: the one
 * that takes most comes first, among equals the one that the rules name first. What none of them takes stays together, for the operator.
 */
import { decideRoute, type RouteQuery } from './routing.ts';

export interface OrderPart {
  /** Where it will probably go; null: nowhere yet. Each part is routed again by itself. */
  readonly organisation: string | null;
  /** Codes, in the order of the sheet. */
  readonly items: readonly string[];
}

/** Null where nothing is won: all items go to one hospital, or none of them goes anywhere. */
export function splitOrder(query: RouteQuery): readonly OrderPart[] | null {
  const parts: OrderPart[] = [];
  let left = query.items;
  while (left.length > 0) {
    const next = largestPart(query, left);
    if (!next) break;
    parts.push(next);
    left = left.filter(({ code }) => !next.items.includes(code));
  }
  if (parts.length === 0) return null;
  if (left.length > 0) parts.push({ organisation: null, items: left.map(({ code }) => code) });
  return parts.length > 1 ? parts : null;
}

function largestPart(query: RouteQuery, left: RouteQuery['items']): OrderPart | null {
  const found = hospitalsOf(query).map((one) => ({ organisation: one.organisation, items: takenBy({ ...query, ...one.only }, left) }));
  return found.reduce<OrderPart | null>((best, each) => (each.items.length > (best?.items.length ?? 0) ? each : best), null);
}

/** Each hospital alone, as the rules would ask it. */
const hospitalsOf = ({ candidates, fallback }: RouteQuery) => [
  ...[...new Set(candidates)].map((organisation) => ({ organisation, only: { candidates: [organisation], fallback: null } })),
  ...(fallback === null ? [] : [{ organisation: fallback, only: { candidates: [], fallback } }]),
];

/** One item after the other, as long as all together can go there: two of them may need different service points. */
function takenBy(query: RouteQuery, left: RouteQuery['items']): readonly string[] {
  let taken: RouteQuery['items'] = [];
  for (const item of left) {
    const together = [...taken, item];
    if (decideRoute({ ...query, items: together }).outcome === 'routed') taken = together;
  }
  return taken.map(({ code }) => code);
}
