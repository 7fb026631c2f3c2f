/** Versions of flows: read, deployed as a draft, published, retired, made current again. */
import { z } from 'zod';
import type { Finding } from '#core/bpmn/finding.ts';
import { canonicalHash } from '#core/journal/canonical.ts';
import { diffVersions } from '#core/version/diff.ts';
import { readContent } from '#db/contents.ts';
import { publishedFlows } from '#db/deployments.ts';
import { readVersion, readVersions, type StoredAct, type StoredVersion, type VersionKey } from '#db/versions.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import { type Checked, checkSet } from '#engine/flow-set.ts';
import { type ActResult, contentOf, type Doing, deployChecked, publishVersion, retire, rollBack, standingOf } from '#engine/versions.ts';
import { ApiError, notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { momentsOn } from '../read/finding-way.ts';
import type {
  DefinitionAct,
  DefinitionDiffView,
  DefinitionsView,
  DefinitionVersionRow,
  DefinitionVersionView,
  DeployedView,
  FindingWayView,
} from '../views/definitions.ts';

const key = z.string().max(100);
const version = z.coerce.number().int().min(1).max(2_147_483_647);
const note = z.string().trim().max(2_000).optional();
const file = z.string().max(300);
const xml = z.string().max(1_000_000);

export const definitions = defineOperation({
  name: 'definitions',
  method: 'get',
  path: '/definitions',
  summary: 'Every flow with its versions',
  input: z.object({}),
  right: 'definition.read',
  async run(context): Promise<DefinitionsView> {
    const found = await readVersions(context.runtime.db);
    const rows = await Promise.all(found.map((stored) => rowOf(context, stored)));
    const keys = [...new Set(rows.map((row) => row.key))];
    return {
      flows: keys.flatMap((each) => {
        const versions = rows.filter((row) => row.key === each);
        const shown = found.find((stored) => stored.key === each && stored.isCurrent) ?? found.find((stored) => stored.key === each);
        return shown ? [{ key: each, name: serviceDescriptor.parse(shown.descriptor).name, versions }] : [];
      }),
    };
  },
});

export const definitionVersion = defineOperation({
  name: 'definitionVersion',
  method: 'get',
  path: '/definitions/:key/versions/:version',
  summary: 'One version of a flow: its diagram, what the checker says, who did what with it',
  input: z.object({ key, version }),
  right: 'definition.read',
  async run(context, which): Promise<DefinitionVersionView> {
    const { db, definitions: contents } = context.runtime;
    const siblings = await readVersions(db, { key: which.key });
    const stored = siblings.find((sibling) => sibling.version === which.version);
    if (!stored) throw notFound();
    const [row, diagram, graph, acts] = await Promise.all([
      rowOf(context, stored),
      readContent(db, stored.bpmnHash, 'bpmn'),
      stored.graphHash === null ? null : contents.graph(stored.graphHash),
      Promise.all(stored.acts.map((act) => actOf(context, act))),
    ]);
    if (diagram === null) throw new Error(`The diagram ${stored.bpmnHash} is deployed but not stored.`);
    return {
      ...row,
      name: serviceDescriptor.parse(stored.descriptor).name,
      xml: diagram,
      findings: stored.findings,
      acts,
      hashes: {
        set: stored.setHash,
        graph: stored.graphHash,
        diagram: stored.bpmnHash,
        forms: graph?.forms ?? {},
        decisions: Object.fromEntries(Object.entries(graph?.decisions ?? {}).map(([id, decision]) => [id, canonicalHash(decision)])),
      },
      versions: siblings.map((sibling) => sibling.version),
    };
  },
});

export const definitionDiff = defineOperation({
  name: 'definitionDiff',
  method: 'get',
  path: '/definitions/:key/versions/:version/diff',
  summary: 'What differs between a version and another one, the older of them first',
  input: z.object({ key, version, with: version }),
  right: 'definition.read',
  async run(context, { key: flow, version: one, with: other }): Promise<DefinitionDiffView> {
    const [before, after] = one < other ? [one, other] : [other, one];
    const [old, now] = await Promise.all([before, after].map((each) => contentAt(context, { key: flow, version: each })));
    if (!old || !now) throw new ApiError(409, { code: 'version-not-compiled' });
    return { before, after, diff: diffVersions(old, now) };
  },
});

export const findingWay = defineOperation({
  name: 'findingWay',
  method: 'get',
  path: '/definitions/:key/versions/:version/findings/:index/way',
  summary: 'The way that exploration found to what it found, step by step; findings count from 0, in the order of the version',
  input: z.object({ key, version, index: z.coerce.number().int().min(0) }),
  right: 'definition.read',
  async run(context, { index, ...which }): Promise<FindingWayView> {
    const { db, definitions: contents } = context.runtime;
    const stored = await readVersion(db, which);
    const example = stored?.findings[index]?.counterExample;
    if (!example || stored.graphHash === null) throw notFound();
    return { moments: momentsOn(await contents.graph(stored.graphHash), example) };
  },
});

export const deployDefinition = defineOperation({
  name: 'deployDefinition',
  method: 'post',
  path: '/definitions',
  summary: 'Deploy a set of diagram, rules, forms and value sets: a draft with the next number, published at once where asked',
  input: z.object({
    descriptor: z.record(z.string(), z.unknown()),
    bpmn: z.strictObject({ file, xml }),
    dmn: z.array(z.strictObject({ file, xml })).max(100),
    forms: z.array(z.strictObject({ file, key, json: z.record(z.string(), z.unknown()) })).max(500),
    valueSets: z
      .array(z.strictObject({ file, json: z.record(z.string(), z.unknown()) }))
      .max(500)
      .optional(),
    publish: z.boolean().default(false),
    note,
  }),
  right: 'definition.change',
  async run(context, { publish, note: why, valueSets = [], ...set }): Promise<DeployedView> {
    const { db } = context.runtime;
    const checked = await checkSet({ ...set, valueSets }, await publishedFlows(db));
    if (checked.kind === 'unreadable') throw faulty(checked.findings);
    if (publish && checked.findings.some(({ severity }) => severity === 'error')) throw faulty(checked.findings);
    const doing = doingOf(context, why);
    const { isNew, ...which } = await deployChecked(db, checked, doing);
    if (publish) await publishOrReturnTo(context, which, doing, checked);
    const stored = await readVersion(db, which);
    if (!stored) throw new Error(`Version ${which.version} of ${which.key} is gone.`);
    return { ...which, state: stored.state, isCurrent: stored.isCurrent, isNew, findings: checked.findings };
  },
});

const onVersion = z.object({ key, version, note });

export const publishDefinition = defineOperation({
  name: 'publishDefinition',
  method: 'post',
  path: '/definitions/:key/versions/:version/publish',
  summary: 'Publish a draft: checked once more, immutable from then on, and new instances start with it',
  input: onVersion,
  right: 'definition.change',
  run: async (context, input) => answerOf(context, input, await publishVersion(context.runtime.db, input, doingOf(context, input.note))),
});

export const retireDefinition = defineOperation({
  name: 'retireDefinition',
  method: 'post',
  path: '/definitions/:key/versions/:version/retire',
  summary: 'Retire a version: it starts no new instances, those that run go on',
  input: onVersion,
  right: 'definition.change',
  run: async (context, input) => answerOf(context, input, await retire(context.runtime.db, input, doingOf(context, input.note))),
});

export const makeDefinitionCurrent = defineOperation({
  name: 'makeDefinitionCurrent',
  method: 'post',
  path: '/definitions/:key/versions/:version/make-current',
  summary: 'Roll back, or forward again: new instances start with this version',
  input: onVersion,
  right: 'definition.change',
  run: async (context, input) => answerOf(context, input, await rollBack(context.runtime.db, input, doingOf(context, input.note))),
});

/** Deployed to be published: whatever version the set is, it starts the new instances afterwards. */
async function publishOrReturnTo(context: Context, which: VersionKey, doing: Doing, checked: Checked): Promise<void> {
  const { db } = context.runtime;
  const stored = await readVersion(db, which);
  if (!stored || stored.isCurrent) return;
  const result = standingOf(stored).wasPublished ? await rollBack(db, which, doing) : await publishVersion(db, which, doing, { checked });
  if (result.kind !== 'done') throw errorOfAct(result);
}

async function answerOf(context: Context, which: VersionKey, result: ActResult): Promise<DefinitionVersionRow> {
  if (result.kind !== 'done') throw errorOfAct(result);
  const stored = await readVersion(context.runtime.db, which);
  if (!stored) throw notFound();
  return rowOf(context, stored);
}

function errorOfAct(result: Exclude<ActResult, { kind: 'done' }>): ApiError {
  switch (result.kind) {
    case 'not-found':
      return notFound();
    case 'not-now':
      return new ApiError(409, { code: 'version-moved-on' });
    case 'faulty':
      return faulty(result.findings);
  }
}

const faulty = (findings: readonly Finding[]): ApiError =>
  new ApiError(422, { code: 'definition-faulty', data: { findings: findings.filter(({ severity }) => severity === 'error') } });

const doingOf = (context: Context, why: string | undefined): Doing => ({
  byPerson: context.standing.person.id,
  note: why === undefined || why === '' ? null : why,
});

async function contentAt(context: Context, which: VersionKey) {
  const { db, definitions: contents } = context.runtime;
  const stored = await readVersion(db, which);
  if (!stored) throw notFound();
  return contentOf(contents, stored);
}

async function rowOf(context: Context, stored: StoredVersion): Promise<DefinitionVersionRow> {
  const last = stored.acts.at(-1);
  if (!last) throw new Error(`Nobody made version ${stored.version} of ${stored.key}.`);
  const errors = stored.findings.filter(({ severity }) => severity === 'error').length;
  return {
    key: stored.key,
    version: stored.version,
    ...standingOf(stored),
    errors,
    warnings: stored.findings.length - errors,
    running: stored.running,
    last: await actOf(context, last),
  };
}

const actOf = async (context: Context, { act, byPerson, at, note: why }: StoredAct): Promise<DefinitionAct> => ({
  act,
  by: await context.runtime.directory.person(byPerson),
  at,
  note: why,
});
