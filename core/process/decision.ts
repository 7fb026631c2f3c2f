/** The three answers of `decide`. */
import type { ProcessEvent } from './event.ts';
import type { Need } from './need.ts';
import type { Refusal } from './refusal.ts';

export type Decision =
  | { readonly kind: 'accepted'; readonly events: readonly ProcessEvent[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'needs'; readonly needs: readonly Need[] };
