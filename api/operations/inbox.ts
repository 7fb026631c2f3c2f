import { z } from 'zod';
import { PHASES, type Phase } from '#core/bpmn/graph.ts';
import { countWorklists, readHistory, readInbox, type WorklistRow } from '#db/inbox.ts';
import { departedFrom } from '#db/instances.ts';
import { type Context, defineOperation } from '../operation.ts';
import { definitionOf, mayRead, statusOf, urgencyView } from '../read/instance.ts';
import { outcomeName } from '../read/submissions.ts';
import { INBOX_LISTS, type InboxCounts, type InboxPage, type InboxRow } from '../views/inbox.ts';

const URGENCIES = ['emergency', 'urgent', 'routine'] as const;
const COUNT_CAP = 999;

export const inbox = defineOperation({
  name: 'inbox',
  method: 'get',
  path: '/inbox',
  summary: 'A page of one of my lists; urgent before routine, then by due time',
  input: z.object({
    list: z.enum(INBOX_LISTS).default('todo'),
    q: z.string().trim().max(40).optional(),
    serviceKey: z.string().max(100).optional(),
    phase: z.enum(PHASES).optional(),
    urgency: z.enum(URGENCIES).optional(),
    overdue: z.enum(['true', 'false']).optional(),
    after: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  right: 'signed-in',
  async run(context, input): Promise<InboxPage> {
    const { db } = context.runtime;
    const personId = context.standing.person.id;
    const filter = {
      serviceKey: input.serviceKey ?? null,
      phase: input.phase ?? null,
      rank: input.urgency ? URGENCIES.indexOf(input.urgency) : null,
      isOverdue: input.overdue === 'true',
      number: input.q ? input.q.toUpperCase() : null,
    };
    const page = { after: input.after ?? null, limit: input.limit };
    const rows =
      input.list === 'todo' || input.list === 'claimable'
        ? await readInbox(db, {
            list: input.list,
            principals: input.list === 'todo' ? [`person:${personId}`] : context.activePrincipals,
            personId,
            filter,
            page,
          })
        : await readHistory(db, { list: input.list, personId, filter, page });
    const next = rows.length === input.limit ? (rows.at(-1)?.position ?? null) : null;
    return { list: input.list, rows: await rowViews(context, rows, input.list), next };
  },
});

export const inboxCounts = defineOperation({
  name: 'inboxCounts',
  method: 'get',
  path: '/inbox/counts',
  summary: 'How many rows each of my lists has, up to a cap',
  input: z.object({}),
  right: 'signed-in',
  async run(context): Promise<InboxCounts> {
    const { overdue, ...counts } = await countWorklists(context.runtime.db, {
      personId: context.standing.person.id,
      principals: context.activePrincipals,
      cap: COUNT_CAP + 1,
    });
    return { cap: COUNT_CAP, counts, overdue };
  },
});

async function rowViews(context: Context, rows: readonly WorklistRow[], list: InboxPage['list']): Promise<readonly InboxRow[]> {
  const { db, directory } = context.runtime;
  const { principals, standing } = context;
  const [organisations, persons, departed] = await Promise.all([
    directory.organisations(rows.map((row) => row.organisationId)),
    directory.persons(rows.map((row) => row.assignee)),
    departedFrom(db, { instanceIds: rows.map((row) => row.instanceId), personId: standing.person.id, principals }),
  ]);
  return Promise.all(
    rows.map(async (row) => {
      const { graph, descriptor } = await definitionOf(context, row.graphHash);
      const isDeparted = departed.has(row.instanceId) && !mayRead(context, row, false);
      const assignee = row.assignee ? persons.get(row.assignee) : undefined;
      return {
        instanceId: row.instanceId,
        taskId: row.taskId,
        number: row.number,
        serviceKey: row.serviceKey,
        serviceName: descriptor.name,
        title: row.title,
        hasPatient: descriptor.patient !== undefined,
        patient: row.patientMasked,
        taskName: row.elementId ? (graph.elements[row.elementId]?.name ?? null) : null,
        phase: phaseView(row.phase),
        status: statusOf({ status: row.status, isSealed: row.sealed, isDeparted }),
        urgency: urgencyView(row.urgency),
        from: organisations.get(row.organisationId) ?? { id: row.organisationId, name: row.organisationId, nameEn: row.organisationId },
        assignee: assignee ? { id: assignee.id, name: assignee.name } : null,
        createdAt: row.createdAt,
        due: row.due,
        overdue: row.overdue,
        quickAction: list === 'claimable' ? 'claim' : list === 'todo' ? 'open' : null,
        suspendedAt: isDeparted ? null : row.suspendedAt,
        outcome: row.elementId ? outcomeName(graph, row.elementId, row.outcome) : null,
        doneAt: row.doneAt,
      } satisfies InboxRow;
    }),
  );
}

const phaseView = (phase: string | null): Phase | null => PHASES.find((known) => known === phase) ?? null;
