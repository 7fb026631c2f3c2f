/**
 * How answers to one version of a form become answers to the next, as steps that a person may look through and change. What no step speaks of
 * is kept where the item is still there with the same type, and is lost where it is not.
 */
import type { ItemType } from '#core/form/questionnaire.ts';

/** `linkId` is the item's in the new form, but where the item is dropped. `note`: what whoever gave such an answer is told of it. */
export type MigrationStep =
  | { readonly kind: 'rename-item'; readonly from: string; readonly to: string }
  /** Its answers are given up, whether the new form has such an item or not; of a group, those of all that stands below it. */
  | { readonly kind: 'drop-item'; readonly linkId: string; readonly note?: string }
  | ConvertStep
  /** `from` and `to` are codes of options (or their text, where they are no codings); null: answers with this option are given up. */
  | { readonly kind: 'map-option'; readonly linkId: string; readonly from: string; readonly to: string | null; readonly note?: string }
  | MoveStep;

export interface ConvertStep {
  readonly kind: 'convert';
  readonly linkId: string;
  readonly from: ItemType;
  readonly to: ItemType;
  /** Where the item repeated and does so no more: which answer, or which row, stays. */
  readonly keep?: 'first' | 'last';
  /** Between boolean and choice: which code each truth is; null: answers with it are given up. */
  readonly codes?: { readonly true: string | null; readonly false: string | null };
}

export interface MoveStep {
  readonly kind: 'move-item';
  readonly linkId: string;
  readonly from: string | null;
  readonly to: string | null;
  /**
   * Out of a repeating group: the answers of the first row alone, or of all rows, as far as the item repeats.
   * Into a repeating group: into the first row alone, or into all rows that there are.
   */
  readonly rows: 'first' | 'all';
}

export const LOSS_REASONS = [
  /** The new form has no such item. */
  'removed',
  /** A step gives it up. */
  'dropped',
  /** An answer of the old type cannot become one of the new. */
  'type',
  /** The option is gone. */
  'option',
  /** One answer or row stays where there were several. */
  'single',
  /** Longer than the new form allows. */
  'too-long',
  /** More answers or rows than the new form allows. */
  'too-many',
  /** The question, group or row that it would stand in is not there. */
  'no-place',
  /** The old form did not know it either. */
  'unknown',
] as const;
export type LossReason = (typeof LOSS_REASONS)[number];
