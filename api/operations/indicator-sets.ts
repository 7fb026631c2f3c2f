/** Indicator sets in versions: read as people read them, drafted by some, published by another, asked from the first period that they name. */
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import type { JsonObject } from '#core/json.ts';
import { nationalDefinition } from '#core/quality/indicator.ts';
import { type Period, periodAfter, periodOn } from '#core/quality/period.ts';
import { differenceOf } from '#core/quality/set-difference.ts';
import { readDraft, type SetContents } from '#core/quality/set-draft.ts';
import {
  beginSetDraft,
  contentsOfVersion,
  newestOf,
  ownDefinitions,
  publishSet,
  type SetDraft,
  type SetRefusal,
  type SetVersion,
  savedDraft,
  setReplacedOn,
  standingOfSet,
} from '#core/quality/set-version.ts';
import type { Database } from '#db/database.ts';
import { readSetDraft, readSetVersions, removeSetDraft, storePublishedSet, storeSetDraft } from '#db/indicator-sets.ts';
import { changingQuality } from '#db/obligations.ts';
import { readIndicators } from '#db/quality.ts';
import { ApiError, notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { requireAll } from '../read/indicators.ts';
import { today } from '../read/today.ts';
import type { IndicatorSetView, SetVersionHead, SetVersionView } from '../views/indicator-sets.ts';
import { me, note } from './obligations.ts';

const setCode = z.string().max(100);
const revision = z.int().min(1);
const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
/** Enough for a quarter's notice of a set that is asked by month. */
const BEGINNINGS_OFFERED = 6;
const DRAFT = '/quality/sets/:set/draft';

const canDefine = ({ standing }: Context): boolean => scopeOf('quality.define', standing.roles) !== null;

interface KnownSet {
  readonly versions: readonly SetVersion[];
  readonly newest: SetVersion;
  /** As somebody who may change it sees it. */
  readonly draft: SetDraft | null;
  /** Of every indicator that any version or the draft asks for. */
  readonly definitions: Awaited<ReturnType<typeof readIndicators>>;
}

async function readKnown(context: Context, db: Database, code: string): Promise<KnownSet> {
  const [versions, draft] = await Promise.all([readSetVersions(db, code), canDefine(context) ? readSetDraft(db, code) : null]);
  const newest = newestOf(versions);
  if (!newest) throw notFound();
  const codes = versions.flatMap(({ set }) => set.indicators).concat(draft?.contents.indicators.map((each) => each.code) ?? []);
  return { versions, newest, draft, definitions: await readIndicators(db, [...new Set(codes)]) };
}

export const indicatorSetOperation = defineOperation({
  name: 'indicatorSet',
  method: 'get',
  path: '/quality/sets/:set',
  summary: 'An indicator set: its versions, and what hospitals set for themselves',
  input: z.object({ set: setCode }),
  right: 'quality.read',
  async run(context, { set: code }): Promise<IndicatorSetView> {
    requireAll(context);
    const { db, directory } = context.runtime;
    const known = await readKnown(context, db, code);
    const { frequency, name } = known.newest.set;
    const published = await Promise.all(known.versions.map((version) => headOf(context, known, version)));
    const own = ownDefinitions(known.definitions).flatMap((definition) =>
      definition.regime.kind === 'local' ? [{ definition, regime: definition.regime }] : [],
    );
    return {
      set: { code, name, frequency },
      versions: [...(known.draft ? [await draftHead(context, known.draft)] : []), ...published.toReversed()],
      own: await Promise.all(
        own.map(async ({ definition, regime: { organisationId, approvedBy, reason } }) => ({
          organisation: await directory.organisation(organisationId),
          approvedBy: await directory.person(approvedBy),
          reason,
          definition,
        })),
      ),
      beginnings: periodsFrom(periodOn(frequency, today(context)), frequency)
        .filter(({ from }) => known.versions.every(({ validFrom }) => validFrom === null || validFrom < from))
        .map(({ code: period, from }) => ({ period, from })),
      canChange: canDefine(context),
    };
  },
});

function periodsFrom(running: Period, frequency: Parameters<typeof periodOn>[0]): readonly Period[] {
  const periods = [running];
  for (let last = running; periods.length < BEGINNINGS_OFFERED; periods.push(last)) last = periodAfter(frequency, last);
  return periods;
}

async function headOf(context: Context, { versions }: KnownSet, version: SetVersion): Promise<SetVersionHead> {
  return {
    version: version.set.version,
    standing: standingOfSet(versions, version, today(context)),
    validFrom: version.validFrom,
    replacedOn: setReplacedOn(versions, version),
    indicators: version.set.indicators.length,
    ...(await peopleOf(context, version)),
  };
}

const draftHead = async (context: Context, draft: SetDraft): Promise<SetVersionHead> => ({
  version: draft.version,
  standing: 'draft',
  validFrom: null,
  replacedOn: null,
  indicators: draft.contents.indicators.length,
  ...(await peopleOf(context, { ...draft, publishedBy: null })),
});

async function peopleOf(context: Context, { editedBy, publishedBy }: Pick<SetVersion, 'editedBy' | 'publishedBy'>) {
  const { directory } = context.runtime;
  const editors = await directory.persons(editedBy);
  return {
    editedBy: editedBy.flatMap((id) => editors.get(id) ?? []),
    publishedBy: await directory.person(publishedBy),
    isOwnWork: editedBy.includes(me(context)),
  };
}

export const indicatorSetVersion = defineOperation({
  name: 'indicatorSetVersion',
  method: 'get',
  path: '/quality/sets/:set/versions/:version',
  summary:
    'What a version of a set asks for, with the meaning of each indicator, and what changed from another version, else from the one before',
  input: z.object({ set: setCode, version: versionNumber, with: versionNumber.optional() }),
  right: 'quality.read',
  async run(context, { set: code, version: number, with: compared }): Promise<SetVersionView> {
    requireAll(context);
    const known = await readKnown(context, context.runtime.db, code);
    const { versions, draft, definitions } = known;
    const says = (version: SetVersion): SetContents => contentsOfVersion(versions, version, { definitions, today: today(context) });
    const before = newestOf(versions.filter(({ set }) => (compared === undefined ? set.version < number : set.version === compared)));
    if (compared !== undefined && !before) throw notFound();
    const from = (contents: SetContents) => before && { ...differenceOf(says(before), contents), from: before.set.version };
    if (draft?.version === number) {
      const { contents, revision: seen } = draft;
      return { ...(await draftHead(context, draft)), contents, revision: seen, difference: from(contents), definitions: [] };
    }
    const version = versions.find(({ set }) => set.version === number);
    if (!version) throw notFound();
    const head = await headOf(context, known, version);
    // On its last day, or today.
    const on = [head.replacedOn ?? today(context), version.validFrom ?? ''].sort().at(-1) ?? '';
    return {
      ...head,
      contents: says(version),
      revision: null,
      difference: from(says(version)),
      definitions: version.set.indicators.flatMap((indicator) => {
        const meant = nationalDefinition(definitions, { code: indicator, on });
        return meant ? [{ code: indicator, version: meant.version, validFrom: meant.validFrom }] : [];
      }),
    };
  },
});

export const beginSetDraftOperation = defineOperation({
  name: 'beginSetDraft',
  method: 'post',
  path: DRAFT,
  summary: 'Begin the next version of a set, with what the newest one says',
  input: z.object({ set: setCode }),
  right: 'quality.define',
  run: (context, { set: code }): Promise<{ readonly version: number }> =>
    changingQuality(context.runtime.db, async (trx) => {
      const { versions, newest, draft, definitions } = await readKnown(context, trx, code);
      const contents = contentsOfVersion(versions, newest, { definitions, today: today(context) });
      const begun = decided(beginSetDraft({ newest, contents, draft, by: me(context) }));
      await storeSetDraft(trx, code, begun);
      await noteDraft(trx, context, { code, act: 'begin', version: begun.version });
      return { version: begun.version };
    }),
});

export const saveSetDraft = defineOperation({
  name: 'saveSetDraft',
  method: 'put',
  path: DRAFT,
  summary: 'Save the draft on top of the revision that was seen; what is wrong is told with its place, and nothing of it is stored',
  input: z.object({ set: setCode, revision, contents: z.record(z.string(), z.unknown()) }),
  right: 'quality.define',
  run: (context, { set: code, revision: seen, contents: given }): Promise<{ readonly revision: number }> =>
    changingQuality(context.runtime.db, async (trx) => {
      const draft = await draftSeen(trx, code, seen);
      const read = readDraft(given);
      if (!read.ok) throw refused({ code: 'set-malformed', data: { problems: read.problems } });
      const saved = savedDraft(draft, { contents: read.contents, by: me(context) });
      await storeSetDraft(trx, code, saved);
      // What both say alike tells nothing.
      const difference = differenceOf(draft.contents, saved.contents);
      await noteDraft(trx, context, { code, act: 'edit', version: saved.version, more: { difference: jsonOf(difference) } });
      return { revision: saved.revision };
    }),
});

export const discardSetDraft = defineOperation({
  name: 'discardSetDraft',
  method: 'delete',
  path: DRAFT,
  summary: 'Put the draft of a set away',
  input: z.object({ set: setCode }),
  right: 'quality.define',
  run: (context, { set: code }): Promise<{ readonly version: number }> =>
    changingQuality(context.runtime.db, async (trx) => {
      const draft = await readSetDraft(trx, code);
      if (!draft) throw refused({ code: 'no-draft' });
      await removeSetDraft(trx, code);
      await noteDraft(trx, context, { code, act: 'discard', version: draft.version, more: { contents: jsonOf(draft.contents) } });
      return { version: draft.version };
    }),
});

export const publishSetDraft = defineOperation({
  name: 'publishSetDraft',
  method: 'post',
  path: `${DRAFT}/publish`,
  summary: 'Publish the draft as it was seen, from the first day of a period on; nobody publishes what they wrote',
  input: z.object({ set: setCode, revision, validFrom: z.iso.date() }),
  right: 'quality.define',
  run: (context, { set: code, revision: seen, validFrom }): Promise<{ readonly version: number }> =>
    changingQuality(context.runtime.db, async (trx) => {
      const draft = await draftSeen(trx, code, seen);
      const { versions, definitions } = await readKnown(context, trx, code);
      const published = decided(publishSet(draft, { versions, definitions, by: me(context), validFrom, today: today(context) }));
      await storePublishedSet(trx, published);
      const fresh = published.definitions.map(({ code: indicator, version }) => ({ code: indicator, version }));
      await noteDraft(trx, context, { code, act: 'publish', version: draft.version, more: { validFrom, definitions: fresh } });
      return { version: draft.version };
    }),
});

/** A refusal of core becomes one of the API. */
function decided<Decided extends object>(result: Decided | SetRefusal): Decided {
  if (typeof result === 'string') throw refused({ code: result });
  return result;
}

async function draftSeen(db: Database, code: string, seen: number): Promise<SetDraft> {
  const draft = await readSetDraft(db, code);
  if (!draft) throw refused({ code: 'no-draft' });
  if (draft.revision !== seen) throw new ApiError(409, { code: 'set-draft-moved-on', data: { revision: draft.revision } });
  return draft;
}

/** What zod read, or was made of it, is JSON. */
const jsonOf = (value: object): JsonObject => value as JsonObject;

interface NotedDraft {
  readonly code: string;
  readonly act: string;
  readonly version: number;
  readonly more?: JsonObject;
}

const noteDraft = (db: Database, context: Context, { code, act, version, more }: NotedDraft): Promise<void> =>
  note(db, context, { subject: 'indicator-set', set: { code }, act, before: null, after: { version, ...more } });
