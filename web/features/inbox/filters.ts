import { INBOX_LISTS, type InboxList } from '#api/views/inbox.ts';
import type { Urgency } from '#api/views.ts';
import { PHASES, type Phase } from '#core/bpmn/graph.ts';
import type { InboxFilters } from '#web/paths.ts';

export const URGENCIES = ['emergency', 'urgent', 'routine'] as const satisfies readonly Urgency[];

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What an address says about a list; what it says wrongly is left out. */
export function filtersFrom(params: Params): InboxFilters {
  const one = (name: string): string | undefined => {
    const value = params[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const list = INBOX_LISTS.find((each): each is InboxList => each === one('list')) ?? 'todo';
  const phase = PHASES.find((each): each is Phase => each === one('phase'));
  const urgency = URGENCIES.find((each) => each === one('urgency'));
  const q = one('q');
  const serviceKey = one('serviceKey');
  return {
    list,
    ...(q ? { q } : {}),
    ...(serviceKey ? { serviceKey } : {}),
    ...(phase ? { phase } : {}),
    ...(urgency ? { urgency } : {}),
    ...(one('overdue') === 'true' ? { overdue: true } : {}),
  };
}

export const isFiltered = ({ list: _, ...filters }: InboxFilters): boolean => Object.values(filters).some(Boolean);
