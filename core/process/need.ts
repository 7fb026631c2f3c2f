/**
 * What `decide` wants to know before it can answer. It reads nothing itself: the door resolves needs and puts the values
 * into the command, so that the workflow and every later replay see the same (P2).
 */
import type { Principal } from './command.ts';

export type Need =
  /** Working time of an organisation, enough to place `minutes` after `from`. */
  | { readonly kind: 'working-time'; readonly organisationId: string; readonly from: string; readonly minutes: number }
  /** How much working time passed between two instants. */
  | { readonly kind: 'worked-time'; readonly organisationId: string; readonly from: string; readonly to: string };

export interface NeedValues {
  /** Organisation → half-open working intervals `[from, to)` as UTC instants, ascending, covering what was asked. */
  readonly workingTime?: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;
  readonly holders?: Readonly<Record<Principal, number>>;
}
