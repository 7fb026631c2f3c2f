import { z } from 'zod';
import { type Right, scopeOf } from '#core/access/roles.ts';
import { listInstances } from '#db/instances.ts';
import { type Context, defineOperation } from '../operation.ts';
import { definitionOf, listedStatus } from '../read/instance.ts';
import type { InstanceList } from '../views.ts';

const input = z.object({
  q: z.string().trim().max(40).optional(),
  status: z.string().max(40).optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const instanceList = defineOperation({
  name: 'instanceList',
  method: 'get',
  path: '/instances',
  summary: 'Instances that I may read by my role: of my hospital, or all; newest first',
  input,
  right: 'instance.read',
  run: (context, asked) => listOf(context, 'instance.read', asked),
});

export const auditList = defineOperation({
  name: 'auditList',
  method: 'get',
  path: '/audit',
  summary: 'Instances that I may audit, newest first',
  input,
  right: 'audit.read',
  run: (context, asked) => listOf(context, 'audit.read', asked),
});

async function listOf(context: Context, right: Right, { q, status, after, limit }: z.output<typeof input>): Promise<InstanceList> {
  const found = await listInstances(context.runtime.db, {
    organisations: scopeOf(right, context.standing.roles) ?? [],
    number: q ? q.toUpperCase() : null,
    status: status || null,
    after: after ?? null,
    limit,
  });
  const names = await context.runtime.directory.organisations(found.map((row) => row.organisationId));
  const rows = await Promise.all(
    found.map(async (row) => ({
      id: row.id,
      number: row.number,
      serviceName: (await definitionOf(context, row.graphHash)).descriptor.name,
      title: row.title,
      status: listedStatus(row),
      from: names.get(row.organisationId) ?? { id: row.organisationId, name: row.organisationId, nameEn: row.organisationId },
      createdAt: row.createdAt,
      endedAt: row.endedAt,
      lastSeq: row.lastSeq,
      confirmedSeq: row.confirmedSeq,
    })),
  );
  return { rows, next: found.length === limit ? (found.at(-1)?.id ?? null) : null };
}
