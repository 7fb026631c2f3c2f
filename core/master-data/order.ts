/** Where the flow of orders and its master data meet: the names that both sides go by. */
import { z } from 'zod';
import { VERDICTS } from './routing.ts';

export const ORDER_SERVICE = 'order';
/** The decision that proposes hospitals. */
export const ROUTING_DECISION = 'order-routing';
/** Where an order waits for the platform's operator. */
export const SETTLING_ELEMENT = 'settle-route';
/** Tells an order that waits that a mapping or a service point has changed; its key is the id of the instance. */
export const MASTER_DATA_CHANGED = 'order-master-data-changed';

/** Facts of an order that name its items, by what it orders. */
export const ITEM_FACTS = { exam: 'exams', test: 'tests' } as const;
/** By which a doctor orders. */
export const ORDER_FORM = 'order-apply';
/** The start event of a part of a sheet. */
export const PART_START = 'part';

/** One decision on where an order goes, as it is kept in the instance (variable `routes`). */
export const routeRecord = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  outcome: z.enum(['routed', 'split', 'unmapped', 'no-candidate']),
  /** Null: the rules; otherwise the operator who chose. */
  by: z.string().nullable(),
  /** Coded reason of the operator. */
  reasonCode: z.string().nullable(),
  /** The rule's words in both languages; null where an operator chose. */
  rule: z.object({ 'zh-CN': z.string(), en: z.string() }).nullable(),
  /** Version of the dictionary by which the items were read. */
  dictionaryVersion: z.number().nullable(),
  organisation: z.string().nullable(),
  department: z.string().nullable(),
  team: z.string().nullable(),
  localItems: z.array(z.object({ code: z.string(), localCode: z.string(), localName: z.string() })),
  considered: z.array(
    z.object({ organisation: z.string(), verdict: z.enum(VERDICTS), items: z.array(z.string()), isFallback: z.boolean() }),
  ),
  /** Of a sheet that is split: which items went where; null: to the operator. */
  parts: z.array(z.object({ organisation: z.string().nullable(), items: z.array(z.string()) })).default([]),
});
export type RouteRecord = z.infer<typeof routeRecord>;

/** What the rules read of an order. */
export interface RoutingFacts {
  readonly category: string;
  readonly urgency: string;
  readonly specimen: string | null;
  readonly insurance: string;
  readonly tie: string;
  readonly region: string;
}

/** What the rules answer. */
export const proposal = z.object({
  candidates: z.array(z.string()),
  fallback: z.string().nullable(),
  reason: z.string(),
  reasonEn: z.string(),
});
export type Proposal = z.infer<typeof proposal>;
