/** Norms and standards: the library, how far each got, and urging. Changes of an adoption are commands to its instance. */
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import { adoptionStage, tallyByTier, tallyOf, URGED_ELEMENTS } from '#core/standards/adoption.ts';
import {
  type PublishedStandard,
  readAdoptions,
  readStandard,
  readStandards,
  type StandardAdoption,
  standardOfInstance,
} from '#db/standards.ts';
import { notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { mayStart } from '../read/may-start.ts';
import type { UrgedView } from '../views/quality.ts';
import type { AdoptionRow, StandardBoard, StandardEntry, StandardRef, StandardsView, StandardView } from '../views/standards.ts';
import { urgeEach } from './urge-each.ts';

const FLOW = 'standard';

export const standards = defineOperation({
  name: 'standards',
  method: 'get',
  path: '/standards',
  summary: 'The library of norms and standards, by a part of their words; how far each got, and where the own hospital stands',
  input: z.object({ q: z.string().trim().max(100).default('') }),
  right: 'signed-in',
  async run(context, { q }): Promise<StandardsView> {
    const { db } = context.runtime;
    const found = await readStandards(db, { text: q });
    const all = mayReadAll(context) ? await readAdoptions(db, {}) : await ownAdoptions(context);
    return {
      standards: found.map((standard) =>
        entryOf(
          context,
          standard,
          all.filter(({ standardId }) => standardId === standard.id),
        ),
      ),
      canDraft: await mayStart(context, FLOW),
    };
  },
});

export const standard = defineOperation({
  name: 'standard',
  method: 'get',
  path: '/standards/:id',
  summary: 'A standard with its text, what it replaces, and who was reached, has read and has adopted it',
  input: z.object({ id: z.uuid() }),
  right: 'signed-in',
  async run(context, { id }): Promise<StandardView> {
    const { db } = context.runtime;
    const found = await readStandard(db, id);
    if (!found) throw notFound();
    const adoptions = mayReadAll(context)
      ? await readAdoptions(db, { standardId: id })
      : (await ownAdoptions(context)).filter(({ standardId }) => standardId === id);
    const { scope, summary, training, tiers, kinds, files, supersededAt } = found;
    return {
      ...entryOf(context, found, adoptions),
      scope,
      summary,
      training,
      tiers,
      kinds,
      files,
      supersededAt,
      replaces: await refOf(context, found.replaces),
      supersededBy: await refOf(context, found.supersededBy),
      board: mayReadAll(context) ? boardOf(context, adoptions) : null,
    };
  },
});

export const standardOfAdoption = defineOperation({
  name: 'standardOfAdoption',
  method: 'get',
  path: '/instances/:id/standard',
  summary: 'The standard that an adoption is of',
  input: z.object({ id: z.uuid() }),
  right: 'signed-in',
  async run(context, { id }): Promise<StandardView> {
    const standardId = await standardOfInstance(context.runtime.db, id);
    if (standardId === null) throw notFound();
    // The library is everybody's: who asks learns no more than there.
    return standard.run(context, { id: standardId });
  },
});

export const urgeAdoptions = defineOperation({
  name: 'urgeAdoptions',
  method: 'post',
  path: '/standards/:id/urge',
  summary: 'Urge members that have not read, trained or reported: one, or all; a result for each',
  input: z.object({ id: z.uuid(), commandId: z.uuid(), organisationId: z.string().max(100).optional() }),
  right: 'standard.manage',
  async run(context, { id, commandId, organisationId }): Promise<UrgedView> {
    const { db } = context.runtime;
    if (!(await readStandard(db, id))) throw notFound();
    const owing = (await readAdoptions(db, { standardId: id })).filter(
      (adoption) =>
        (organisationId === undefined || adoption.organisationId === organisationId) &&
        adoption.elementIds.some((elementId) => URGED_ELEMENTS.includes(elementId)),
    );
    return urgeEach(context, owing, { commandId, elementIds: URGED_ELEMENTS, asked: id });
  },
});

const mayReadAll = (context: Context): boolean => scopeOf('standard.read', context.standing.roles) === 'all';

const organisationsOf = ({ standing }: Context): readonly string[] => [
  ...new Set([standing.person.organisation.id, ...standing.roles.map(({ organisationId }) => organisationId)]),
];

const ownAdoptions = (context: Context): Promise<readonly StandardAdoption[]> =>
  readAdoptions(context.runtime.db, { organisationIds: organisationsOf(context) });

const stageOf = ({ status, elementIds, readAt, adopted }: StandardAdoption) =>
  adoptionStage({ status, elementIds, isRead: readAt !== null, adopted });

const counted = ({ tier, readAt, adopted }: StandardAdoption) => ({ tier, isRead: readAt !== null, adopted });

function entryOf(context: Context, found: PublishedStandard, adoptions: readonly StandardAdoption[]): StandardEntry {
  const { id, number, title, version, kind, effective, adoptionDeadline, publishedAt, supersededAt } = found;
  const own = adoptions.find(({ organisationId }) => organisationId === context.standing.person.organisation.id);
  return {
    id,
    number,
    title,
    version,
    kind,
    effective,
    adoptionDeadline,
    publishedAt,
    isCurrent: supersededAt === null,
    tally: mayReadAll(context) ? tallyOf(adoptions.map(counted)) : null,
    own: own ? { instanceId: own.instanceId, stage: stageOf(own), isOverdue: own.isOverdue, organisationId: own.organisationId } : null,
  };
}

async function refOf({ runtime }: Context, id: string | null): Promise<StandardRef | null> {
  const found = id === null ? null : await readStandard(runtime.db, id);
  return found ? { id: found.id, title: found.title, version: found.version } : null;
}

function boardOf(context: Context, adoptions: readonly StandardAdoption[]): StandardBoard {
  const counts = new Map<string, number>();
  for (const code of adoptions.flatMap(({ obstacles }) => obstacles)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return {
    total: tallyOf(adoptions.map(counted)),
    tiers: tallyByTier(adoptions.map(counted)),
    obstacles: [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    rows: adoptions.map(rowOf),
    canUrge: scopeOf('standard.manage', context.standing.roles) !== null,
  };
}

function rowOf(adoption: StandardAdoption): AdoptionRow {
  const { organisationId: id, name, nameEn, tier, instanceId, isOverdue, readAt, reportedAt, adopted, isOnTime, obstacles } = adoption;
  return {
    organisation: { id, name, nameEn },
    tier,
    instanceId,
    stage: stageOf(adoption),
    isOverdue,
    readAt,
    reportedAt,
    adopted,
    isOnTime,
    obstacles,
  };
}
