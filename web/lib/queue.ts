/**
 * The list a person is working through, so that after one task the next one follows (处理下一条) with a counter. It lives in the tab
 * only and holds nothing but ids.
 */
export interface QueueEntry {
  readonly instanceId: string;
  readonly taskId: string;
}

export interface Queue {
  readonly back: string;
  readonly entries: readonly QueueEntry[];
  readonly done: readonly string[];
}

const KEY = 'bihuan-queue';
const ENTRIES_MAX = 200;

export const entryKey = ({ instanceId, taskId }: QueueEntry): string => `${instanceId}/${taskId}`;

export function keepQueue(back: string, entries: readonly QueueEntry[]): void {
  write({ back, entries: entries.slice(0, ENTRIES_MAX), done: [] });
}

export function readQueue(): Queue | null {
  try {
    const stored = sessionStorage.getItem(KEY);
    // Written by `write` below, in this tab.
    return stored === null ? null : (JSON.parse(stored) as Queue);
  } catch {
    return null;
  }
}

export function markDone(entry: QueueEntry): void {
  const queue = readQueue();
  if (queue?.entries.some((each) => entryKey(each) === entryKey(entry))) write({ ...queue, done: [...queue.done, entryKey(entry)] });
}

/** The next entry behind this one that is not done; then those before it. */
export function nextAfter(queue: Queue, entry: QueueEntry): QueueEntry | null {
  const at = queue.entries.findIndex((each) => entryKey(each) === entryKey(entry));
  const ordered = [...queue.entries.slice(at + 1), ...queue.entries.slice(0, Math.max(0, at))];
  return ordered.find((each) => !queue.done.includes(entryKey(each))) ?? null;
}

function write(queue: Queue): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(queue));
  } catch {
    // Without storage there is only no "next".
  }
}
