/** Dictionaries, mappings and their worklist: written by one operator, approved by another, with a history of every change. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { JsonObject } from '#core/json.ts';
import {
  approveDraft,
  beginDraft,
  DICTIONARIES,
  DICTIONARY_KEYS,
  type DictionaryKey,
  type DictionaryVersion,
  type Entry,
  isApproved,
  replacedOn,
  standingOn,
  versionOn,
} from '#core/master-data/dictionary.ts';
import { takeEntries } from '#core/master-data/entries.ts';
import { actOnMapping, MAPPING_ACTS, type Mapping } from '#core/master-data/mapping.ts';
import { takeMappings } from '#core/master-data/mapping-rows.ts';
import { ORDER_SERVICE, SETTLING_ELEMENT } from '#core/master-data/order.ts';
import { worklistOf } from '#core/master-data/worklist.ts';
import { REASON_LENGTH_MAX } from '#core/process/lengths.ts';
import {
  CHANGED_SUBJECTS,
  changingMasterData,
  noteChange,
  readChanges,
  readDictionaryVersions,
  readMappings,
  readServicePoints,
  readWaitingAt,
  removeDictionaryDraft,
  storeDictionaryVersion,
  storeMapping,
} from '#db/master-data.ts';
import { readAllOrganisations } from '#db/people.ts';
import { refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { today } from '../read/today.ts';
import { routeAgain } from '../read/waiting-orders.ts';
import type {
  DictionaryEntriesView,
  DictionaryVersionHead,
  MappingActView,
  MappingsView,
  MappingView,
  MasterDataHistoryView,
  MasterDataView,
  TakenEntriesView,
  TakenMappingsView,
  WorklistView,
} from '../views/master-data.ts';

const ROWS_MAX = 5_000;
const HISTORY_PAGE = 50;

const dictionary = z.enum(DICTIONARY_KEYS as readonly [DictionaryKey, ...DictionaryKey[]]);
const cell = z.string().max(200);

export const masterData = defineOperation({
  name: 'masterData',
  method: 'get',
  path: '/master-data',
  summary: 'The dictionaries with their versions, and what of them waits for somebody',
  input: z.object({}),
  right: 'master-data.manage',
  async run(context): Promise<MasterDataView> {
    const { db } = context.runtime;
    const [versions, mappings, points, waiting, organisations] = await Promise.all([
      readDictionaryVersions(db),
      readMappings(db),
      readServicePoints(db),
      readWaitingAt(db, { serviceKey: ORDER_SERVICE, elementId: SETTLING_ELEMENT }),
      readAllOrganisations(db),
    ]);
    const dictionaries = DICTIONARY_KEYS.map(async (key) => {
      const own = versions.filter((version) => version.dictionary === key);
      const { unmapped, manyToOne, awaiting } = worklistOf({
        dictionary: key,
        entries: versionOn(own, today(context))?.entries ?? [],
        mappings,
        organisationIds: servingOf(points, key),
        on: today(context),
      });
      return {
        key,
        name: DICTIONARIES[key],
        versions: await Promise.all(own.toReversed().map((version) => headOf(context, own, version))),
        counts: {
          unmapped: unmapped.length,
          // What meets in one and was approved so is in order, though it stays in sight.
          manyToOne: manyToOne.filter(({ mappings: met }) => met.some(({ status }) => status !== 'approved')).length,
          awaiting: awaiting.length,
        },
      };
    });
    return { dictionaries: await Promise.all(dictionaries), waiting: waiting.length, organisations };
  },
});

async function headOf(
  context: Context,
  versions: readonly DictionaryVersion[],
  version: DictionaryVersion,
): Promise<DictionaryVersionHead> {
  const { directory } = context.runtime;
  const approved = isApproved(version) ? version : null;
  const editors = await Promise.all(version.editedBy.map((id) => directory.person(id)));
  return {
    version: version.version,
    standing: standingOn(versions, version, today(context)),
    validFrom: approved?.validFrom ?? null,
    replacedOn: approved ? replacedOn(versions, approved) : null,
    entries: version.entries.length,
    editedBy: editors.flatMap((person) => person ?? []),
    approvedBy: await directory.person(approved?.approvedBy),
    isOwnWork: version.editedBy.includes(context.standing.person.id),
  };
}

export const dictionaryEntries = defineOperation({
  name: 'dictionaryEntries',
  method: 'get',
  path: '/master-data/dictionaries/:dictionary/versions/:version',
  summary: 'The entries of a version',
  input: z.object({ dictionary, version: z.coerce.number().int().min(1) }),
  right: 'master-data.manage',
  async run(context, { dictionary: key, version: number }): Promise<DictionaryEntriesView> {
    const versions = await readDictionaryVersions(context.runtime.db, key);
    const version = versions.find((each) => each.version === number);
    if (!version) throw refused({ code: 'version-unknown' });
    return { key, name: DICTIONARIES[key], ...(await headOf(context, versions, version)), list: version.entries };
  },
});

export const beginDictionaryDraft = defineOperation({
  name: 'beginDictionaryDraft',
  method: 'post',
  path: '/master-data/dictionaries/:dictionary/draft',
  summary: 'Begin the next version of a dictionary, with what the newest one says',
  input: z.object({ dictionary }),
  right: 'master-data.manage',
  run: (context, { dictionary: key }): Promise<{ readonly version: number }> =>
    changeVersions(context, key, 'begin', (versions) => beginDraft(versions, { dictionary: key, by: me(context) })),
});

export const discardDictionaryDraft = defineOperation({
  name: 'discardDictionaryDraft',
  method: 'delete',
  path: '/master-data/dictionaries/:dictionary/draft',
  summary: 'Discard the draft of a dictionary',
  input: z.object({ dictionary }),
  right: 'master-data.manage',
  run: (context, { dictionary: key }): Promise<{ readonly version: number }> =>
    changingMasterData(context.runtime.db, async (trx) => {
      const draft = draftAmong(await readDictionaryVersions(trx, key));
      await removeDictionaryDraft(trx, key);
      await note(trx, context, {
        subject: 'dictionary',
        subjectId: `${key}:${draft.version}`,
        act: 'discard',
        before: draft.entries,
        after: null,
      });
      return { version: draft.version };
    }),
});

export const putDictionaryEntries = defineOperation({
  name: 'putDictionaryEntries',
  method: 'post',
  path: '/master-data/dictionaries/:dictionary/draft/entries',
  summary: 'Entries out of a table into the draft, with a result for each row; codes in `removed` are taken out',
  input: z.object({
    dictionary,
    rows: z.array(z.strictObject({ code: cell, name: cell, nameEn: cell, specimen: cell.default('') })).max(ROWS_MAX),
    removed: z.array(cell).max(ROWS_MAX).default([]),
  }),
  right: 'master-data.manage',
  run: (context, { dictionary: key, rows, removed }): Promise<TakenEntriesView> =>
    changingMasterData(context.runtime.db, async (trx) => {
      const draft = draftAmong(await readDictionaryVersions(trx, key));
      const gone = new Set(removed);
      const left = draft.entries.filter(({ code }) => !gone.has(code));
      const { entries, results } = takeEntries(left, rows, key);
      const [before, after] = difference(draft.entries, entries);
      if (before.length + after.length > 0) {
        const editedBy = [...new Set([...draft.editedBy, me(context)])];
        await storeDictionaryVersion(trx, { ...draft, entries, editedBy });
        await note(trx, context, { subject: 'dictionary', subjectId: `${key}:${draft.version}`, act: 'edit', before, after });
      }
      return { taken: results.filter(({ problem }) => problem === null).length, results };
    }),
});

/** Only what changed is kept in the history. */
function difference(before: readonly Entry[], after: readonly Entry[]): readonly [before: readonly Entry[], after: readonly Entry[]] {
  const text = (entries: readonly Entry[]) => new Set(entries.map((entry) => JSON.stringify(entry)));
  const [was, is] = [text(before), text(after)];
  return [before.filter((entry) => !is.has(JSON.stringify(entry))), after.filter((entry) => !was.has(JSON.stringify(entry)))];
}

export const approveDictionaryDraft = defineOperation({
  name: 'approveDictionaryDraft',
  method: 'post',
  path: '/master-data/dictionaries/:dictionary/draft/approve',
  summary: 'Approve the draft from a day on; nobody approves what they wrote',
  input: z.object({ dictionary, validFrom: z.iso.date().optional() }),
  right: 'master-data.manage',
  run: (context, { dictionary: key, validFrom = today(context) }): Promise<{ readonly version: number }> =>
    changeVersions(context, key, 'approve', (versions) => approveDraft(versions, { by: me(context), validFrom, today: today(context) })),
});

function changeVersions(
  context: Context,
  key: DictionaryKey,
  act: string,
  decide: (versions: readonly DictionaryVersion[]) => DictionaryVersion | string,
): Promise<{ readonly version: number }> {
  return changingMasterData(context.runtime.db, async (trx) => {
    const decided = decide(await readDictionaryVersions(trx, key));
    if (typeof decided === 'string') throw refused({ code: decided });
    await storeDictionaryVersion(trx, decided);
    const after = { entries: decided.entries.length, ...(isApproved(decided) && { validFrom: decided.validFrom }) };
    await note(trx, context, { subject: 'dictionary', subjectId: `${key}:${decided.version}`, act, before: null, after });
    return { version: decided.version };
  });
}

function draftAmong(versions: readonly DictionaryVersion[]): DictionaryVersion {
  const draft = versions.find(({ status }) => status === 'draft');
  if (!draft) throw refused({ code: 'no-draft' });
  return draft;
}

export const mappings = defineOperation({
  name: 'mappings',
  method: 'get',
  path: '/master-data/mappings/:dictionary',
  summary: 'The mappings of a dictionary, and what I may do with each',
  input: z.object({ dictionary }),
  right: 'master-data.manage',
  async run(context, { dictionary: key }): Promise<MappingsView> {
    const { view, mappings: found } = await mappingViews(context, key);
    return { mappings: await Promise.all(found.map(view)) };
  },
});

export const mappingWorklist = defineOperation({
  name: 'mappingWorklist',
  method: 'get',
  path: '/master-data/worklist/:dictionary',
  summary: 'Codes without a mapping, codes that meet in one, and drafts that await another person',
  input: z.object({ dictionary }),
  right: 'master-data.manage',
  async run(context, { dictionary: key }): Promise<WorklistView> {
    const { directory, db } = context.runtime;
    const [{ view, mappings: found, entries }, points] = await Promise.all([mappingViews(context, key), readServicePoints(db, key)]);
    const names = new Map(entries.map((entry) => [entry.code, entry.name]));
    const list = worklistOf({
      dictionary: key,
      entries,
      mappings: found,
      organisationIds: servingOf(points, key),
      on: today(context),
    });
    return {
      unmapped: await Promise.all(
        list.unmapped.map(async (each) => ({
          ...each,
          organisation: await directory.organisation(each.organisationId),
          name: names.get(each.standardCode) ?? { 'zh-CN': each.standardCode },
        })),
      ),
      manyToOne: await Promise.all(
        list.manyToOne.map(async (each) => ({
          ...each,
          organisation: await directory.organisation(each.organisationId),
          mappings: await Promise.all(each.mappings.map(view)),
        })),
      ),
      awaiting: await Promise.all(list.awaiting.map(async ({ mapping, ambiguity }) => ({ mapping: await view(mapping), ambiguity }))),
    };
  },
});

const servingOf = (points: Awaited<ReturnType<typeof readServicePoints>>, key: DictionaryKey): readonly string[] => [
  ...new Set(points.filter((point) => point.dictionary === key).map(({ organisationId }) => organisationId)),
];

async function mappingViews(context: Context, key: DictionaryKey) {
  const { db, directory } = context.runtime;
  const [found, versions] = await Promise.all([readMappings(db, key), readDictionaryVersions(db, key)]);
  const entries = versionOn(versions, today(context))?.entries ?? [];
  const names = new Map(entries.map((entry) => [entry.code, entry.name]));
  const view = async (mapping: Mapping): Promise<MappingView> => ({
    ...mapping,
    organisation: await directory.organisation(mapping.organisationId),
    standardName: names.get(mapping.standardCode) ?? null,
    mappedByPerson: await directory.person(mapping.mappedBy),
    checkedByPerson: await directory.person(mapping.checkedBy),
    acts: MAPPING_ACTS.flatMap((act) => {
      const decided = actOnMapping(mapping, act, { by: me(context), entries, mappings: found });
      if (decided === 'mapping-act-not-now') return [];
      return [{ act, refusal: typeof decided === 'string' ? decided : null }];
    }),
  });
  return { view, mappings: found, entries };
}

export const putMappings = defineOperation({
  name: 'putMappings',
  method: 'post',
  path: '/master-data/mappings/:dictionary',
  summary: 'Mappings out of a table as drafts, with a result for each row',
  input: z.object({
    dictionary,
    rows: z
      .array(
        z.strictObject({
          standardCode: cell,
          organisation: cell,
          localCode: cell,
          localName: cell,
          direction: cell.default(''),
          validFrom: cell.default(''),
          validTo: cell.default(''),
        }),
      )
      .min(1)
      .max(ROWS_MAX),
    /** A draft that is suspended with it. */
    replaces: z.uuid().optional(),
  }),
  right: 'master-data.manage',
  run: (context, { dictionary: key, rows, replaces }): Promise<TakenMappingsView> =>
    changingMasterData(context.runtime.db, async (trx) => {
      const [all, versions, organisations] = await Promise.all([
        readMappings(trx, key),
        readDictionaryVersions(trx, key),
        readAllOrganisations(trx),
      ]);
      const entries = versionOn(versions, today(context))?.entries ?? [];
      const replaced = all.find(({ id, status }) => id === replaces && status === 'draft');
      if (replaces !== undefined && !replaced) throw refused({ code: 'mapping-act-not-now' });
      const known = all.filter((mapping) => mapping !== replaced);
      const { drafts, results } = takeMappings(rows, { entries, organisations, mappings: known, today: today(context) });
      for (const draft of drafts) {
        const mapping: Mapping = { ...draft, id: randomUUID(), dictionary: key, status: 'draft', mappedBy: me(context), checkedBy: null };
        await storeMapping(trx, mapping);
        await note(trx, context, { subject: 'mapping', subjectId: mapping.id, act: 'write', before: null, after: mapping });
      }
      if (replaced && drafts.length > 0) {
        const after: Mapping = { ...replaced, status: 'suspended' };
        await storeMapping(trx, after);
        await note(trx, context, { subject: 'mapping', subjectId: replaced.id, act: 'replace', before: replaced, after });
      }
      return { taken: drafts.length, results };
    }),
});

export const actOnMappingOperation = defineOperation({
  name: 'actOnMapping',
  method: 'post',
  path: '/master-data/mappings/:id/acts/:act',
  summary: 'Approve, suspend or reopen a mapping; nobody approves what they wrote, and a suspension says why',
  input: z.object({ id: z.uuid(), act: z.enum(MAPPING_ACTS), reason: z.string().trim().max(REASON_LENGTH_MAX).optional() }),
  right: 'master-data.manage',
  async run(context, { id, act, reason = '' }): Promise<MappingActView> {
    if (act === 'suspend' && reason === '') throw refused({ code: 'reason-required' });
    const changed = await changingMasterData(context.runtime.db, async (trx) => {
      const all = await readMappings(trx);
      const mapping = all.find((each) => each.id === id);
      if (!mapping) throw refused({ code: 'mapping-unknown' });
      const entries = versionOn(await readDictionaryVersions(trx, mapping.dictionary), today(context))?.entries ?? [];
      const decided = actOnMapping(mapping, act, { by: me(context), entries, mappings: all });
      if (typeof decided === 'string') throw refused({ code: decided });
      await storeMapping(trx, decided);
      await note(trx, context, { subject: 'mapping', subjectId: id, act, reason: reason || null, before: mapping, after: decided });
      return decided;
    });
    return { mapping: changed, routedAgain: act === 'approve' ? await routeAgain(context) : 0 };
  },
});

export const masterDataHistory = defineOperation({
  name: 'masterDataHistory',
  method: 'get',
  path: '/master-data/history',
  summary: 'Who changed what in dictionaries, mappings and service points; newest first',
  input: z.object({ subject: z.enum(CHANGED_SUBJECTS).optional(), before: z.string().regex(/^\d+$/).optional() }),
  right: 'master-data.manage',
  async run(context, { subject = null, before = null }): Promise<MasterDataHistoryView> {
    const { db, directory } = context.runtime;
    const changes = await readChanges(db, { subject, before, limit: HISTORY_PAGE });
    const people = await directory.persons(changes.map(({ byPerson }) => byPerson));
    return { changes: changes.map(({ byPerson, ...change }) => ({ ...change, by: people.get(byPerson) ?? null })) };
  },
});

interface Noted {
  readonly subject: (typeof CHANGED_SUBJECTS)[number];
  readonly subjectId: string;
  readonly act: string;
  readonly reason?: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export const note = (db: Context['runtime']['db'], context: Context, { reason = null, before, after, ...change }: Noted): Promise<void> =>
  // Written as JSON, which is what the shapes of core are.
  noteChange(db, { ...change, reason, byPerson: me(context), before: before as JsonObject | null, after: after as JsonObject | null });

const me = ({ standing }: Context): string => standing.person.id;
