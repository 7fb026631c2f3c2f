/**
 * The life of an edition, a form of a flow while it is being changed: draft → in review → published, or put away. One table, asked where it
 * is done and where the buttons are drawn. What is published goes on as a version of the flow (`life.ts`): frozen, and retired with it.
 */
export type EditionState = 'draft' | 'in-review' | 'published' | 'discarded';

/** What becomes of one that was begun. */
export type EditionMove = 'send-to-review' | 'send-back' | 'publish' | 'discard';

/** What somebody reviews does not change under their eyes: it is sent back first. */
const MOVES: { readonly [Act in EditionMove | 'save']: { readonly from: readonly EditionState[]; readonly to: EditionState } } = {
  save: { from: ['draft'], to: 'draft' },
  'send-to-review': { from: ['draft'], to: 'in-review' },
  'send-back': { from: ['in-review'], to: 'draft' },
  publish: { from: ['in-review'], to: 'published' },
  discard: { from: ['draft', 'in-review'], to: 'discarded' },
};

export const editionCan = (act: EditionMove | 'save', state: EditionState): boolean => MOVES[act].from.includes(state);

export const editionAfter = (act: EditionMove | 'save'): EditionState => MOVES[act].to;

/** `1` → `2`, `1.4.0` → `1.5.0`; what does not count begins to. A form's url and version name one text for ever. */
export function nextFormVersion(version: string | undefined): string {
  if (version === undefined || version === '') return '1';
  if (/^\d+$/.test(version)) return String(Number(version) + 1);
  const parts = /^(\d+)\.(\d+)(?:\.(\d+))?$/.exec(version);
  if (!parts) return `${version}.2`;
  const [, major, minor, patch] = parts;
  return `${major}.${Number(minor) + 1}${patch === undefined ? '' : '.0'}`;
}
