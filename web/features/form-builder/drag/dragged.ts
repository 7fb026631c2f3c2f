import type { ItemType } from '#core/form/questionnaire.ts';
import type { LibraryEntry } from '#core/form-edit/field-library.ts';

/** What is dragged: an item of the form, or a new one. */
export type Dragged = { readonly name: string; readonly type: ItemType } & (
  | { readonly kind: 'item'; readonly linkId: string }
  | { readonly kind: 'new'; readonly entry: LibraryEntry }
);
