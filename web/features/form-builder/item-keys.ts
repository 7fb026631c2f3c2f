import type { KeyboardEvent } from 'react';
import type { Step } from './places.ts';
import type { ItemActs } from './use-item-acts.ts';

/** With Alt held, as in editors of text: arrows move the item, in and out of groups. */
const STEPS: Readonly<Record<string, Step>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' };

/** What keys do with an item, wherever it has the focus. */
export function onItemKey(event: KeyboardEvent, linkId: string, acts: ItemActs): void {
  const step = event.altKey ? STEPS[event.key] : undefined;
  if (step) acts.step(linkId, step);
  else if (event.key === 'Delete') acts.remove(linkId);
  else if (event.key === 'd' && (event.ctrlKey || event.metaKey)) acts.duplicate(linkId);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
