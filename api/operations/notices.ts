import { z } from 'zod';
import { countUnread, markNoticesRead, readNotices } from '#db/notices.ts';
import { defineOperation } from '../operation.ts';
import { definitionOf } from '../read/instance.ts';
import type { NoticesView, NoticeType } from '../views.ts';

const ROWS_MAX = 50;

export const notices = defineOperation({
  name: 'notices',
  method: 'get',
  path: '/notices',
  summary: 'My notices, newest first',
  input: z.object({
    after: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
  }),
  right: 'signed-in',
  async run(context, { after }): Promise<NoticesView> {
    const { db } = context.runtime;
    const personId = context.standing.person.id;
    const [found, unread] = await Promise.all([
      readNotices(db, { personId, before: after ?? null, limit: ROWS_MAX }),
      countUnread(db, personId),
    ]);
    const rows = await Promise.all(
      found.map(async ({ graphHash, elementId, type, ...row }) => {
        const { graph, descriptor } = await definitionOf(context, graphHash);
        // Written by us from the list of types.
        return {
          ...row,
          type: type as NoticeType,
          serviceName: descriptor.name,
          taskName: elementId ? (graph.elements[elementId]?.name ?? null) : null,
        };
      }),
    );
    return { rows, unread };
  },
});

export const readNoticesOperation = defineOperation({
  name: 'markNoticesRead',
  method: 'post',
  path: '/notices/read',
  summary: 'Mark notices as read: those named, or all',
  input: z.object({
    ids: z
      .array(z.string().regex(/^\d{1,18}$/))
      .max(500)
      .optional(),
  }),
  right: 'signed-in',
  async run(context, { ids }): Promise<{ unread: number }> {
    const personId = context.standing.person.id;
    await markNoticesRead(context.runtime.db, { personId, ids: ids ?? null });
    return { unread: await countUnread(context.runtime.db, personId) };
  },
});
