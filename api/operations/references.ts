import { z } from 'zod';
import { REFERENCE_KINDS, type ReferenceKind } from '#core/form/references.ts';
import { readContent } from '#db/contents.ts';
import { searchReferences } from '#db/people.ts';
import { notFound } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import { definitionOf } from '../read/instance.ts';

/** Offered of the own organisation only. */
const OF_ONE_ORGANISATION: ReadonlySet<ReferenceKind> = new Set(['department', 'student', 'counsellor']);

export const references = defineOperation({
  name: 'references',
  method: 'get',
  path: '/references/:kind',
  summary: 'Master data that a form may point to, by a part of the name',
  input: z.object({ kind: z.enum(REFERENCE_KINDS), q: z.string().trim().max(60).default('') }),
  right: 'signed-in',
  run: (context, { kind, q }) =>
    searchReferences(context.runtime.db, {
      kind,
      text: q,
      organisationId: OF_ONE_ORGANISATION.has(kind) ? context.standing.person.organisation.id : null,
    }),
});

export const definitionBpmn = defineOperation({
  name: 'definitionBpmn',
  method: 'get',
  path: '/definitions/:hash/bpmn',
  summary: 'The BPMN diagram behind a graph',
  input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  right: 'signed-in',
  async run(context, { hash }): Promise<{ xml: string }> {
    const { bpmnHash } = await definitionOf(context, hash).catch(() => ({ bpmnHash: '' }));
    const xml = bpmnHash && (await readContent(context.runtime.db, bpmnHash, 'bpmn'));
    if (!xml) throw notFound();
    return { xml };
  },
});
