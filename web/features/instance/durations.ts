import type { TimelineEntry } from '#api/views.ts';

/** How long each completed task took, from its arrival to its completion. */
export function durationsOf(entries: readonly TimelineEntry[]): ReadonlyMap<TimelineEntry, number> {
  const arrived = new Map<string, number>();
  const durations = new Map<TimelineEntry, number>();
  for (const entry of entries) {
    const element = entry.elementName?.['zh-CN'];
    if (element === undefined) continue;
    const at = Date.parse(entry.at);
    if (entry.type === 'task-created') arrived.set(element, at);
    const since = arrived.get(element);
    if (entry.type === 'task-completed' && since !== undefined) {
      durations.set(entry, at - since);
      arrived.delete(element);
    }
  }
  return durations;
}
