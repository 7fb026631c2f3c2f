import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFlowFolder } from '#bin/flow-folder.ts';
import { currentDeployment } from '#db/deployments.ts';
import { readVersion, readVersions } from '#db/versions.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { deploy } from './deploy.ts';
import { checkSet, type FlowSet } from './flow-set.ts';
import { deployChecked, publishVersion, retire, rollBack } from './versions.ts';

let world: World;
let consult: FlowSet;
const BY = { byPerson: 'p-mo-yan', note: '试验' };

beforeAll(async () => {
  world = await aWorld();
  consult = await readFlowFolder(fileURLToPath(new URL('../flows/consult', import.meta.url)));
});
afterAll(() => world.stop());

const withDiagram = (change: (xml: string) => string): FlowSet => ({
  ...consult,
  bpmn: { ...consult.bpmn, xml: change(consult.bpmn.xml) },
});
const named = (name: string): FlowSet => withDiagram((xml) => xml.replaceAll('name="分流派送"', `name="${name}"`));

async function draft(set: FlowSet) {
  const checked = await checkSet(set);
  if (checked.kind === 'unreadable') throw new Error(JSON.stringify(checked.findings));
  return deployChecked(world.db, checked, BY);
}
const current = async () => (await currentDeployment(world.db, 'consult'))?.version ?? null;
const stateOf = async (version: number) => (await readVersion(world.db, { key: 'consult', version }))?.state;

describe('a version of a flow', () => {
  it('is a draft first, and starts nothing', async () => {
    const before = await current();
    const { version, isNew } = await draft(named('草稿'));
    expect([isNew, await stateOf(version), await current()]).toEqual([true, 'draft', before]);
  });

  it('is the same version when the same set comes again, by whatever way', async () => {
    const first = await draft(named('再来'));
    expect(await draft(named('再来'))).toEqual({ ...first, isNew: false });
    expect(await deploy(world.db, named('再来'))).toMatchObject({ version: first.version });
    expect(await stateOf(first.version)).toBe('draft');
  });

  it('is current once it is published, and the one before stays published', async () => {
    const before = await current();
    const which = await draft(named('发布'));
    expect(await publishVersion(world.db, which, BY)).toEqual({ kind: 'done' });
    expect([await current(), await stateOf(before ?? 0)]).toEqual([which.version, 'published']);
    expect(await publishVersion(world.db, which, BY)).toEqual({ kind: 'not-now' });
  });

  it('is not published while the checker finds an error, which is named', async () => {
    const before = await current();
    const which = await draft(withDiagram((xml) => xml.replaceAll('name="bihuan:side"', 'name="bihuan:sidde"')));
    const stored = await readVersion(world.db, which);
    expect(stored?.findings).toContainEqual(expect.objectContaining({ rule: 'property-known', severity: 'error' }));
    const result = await publishVersion(world.db, which, BY);
    expect(result).toMatchObject({
      kind: 'faulty',
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'property-known' })]),
    });
    expect([await current(), await stateOf(which.version)]).toEqual([before, 'draft']);
  });

  it('may be a draft even when its diagram cannot be read, and has no graph then', async () => {
    const which = await draft(withDiagram(() => '<nothing/>'));
    const stored = await readVersion(world.db, which);
    expect([stored?.state, stored?.graphHash]).toEqual(['draft', null]);
    expect((await publishVersion(world.db, which, BY)).kind).toBe('faulty');
  });

  it('can be gone back to, and is not rolled forward when the product starts again', async () => {
    const [first, second] = [await draft(named('一')), await draft(named('二'))];
    await publishVersion(world.db, first, BY);
    await publishVersion(world.db, second, BY);
    expect(await rollBack(world.db, first, BY)).toEqual({ kind: 'done' });
    await deploy(world.db, named('二'));
    expect(await current()).toBe(first.version);
    expect(await rollBack(world.db, first, BY)).toEqual({ kind: 'not-now' });
  });

  it('starts nothing once it is retired, until it is made current again', async () => {
    const which = await draft(named('停用'));
    await publishVersion(world.db, which, BY);
    expect(await retire(world.db, which, BY)).toEqual({ kind: 'done' });
    expect(await current()).toBeNull();
    expect(await rollBack(world.db, which, BY)).toEqual({ kind: 'done' });
    expect(await current()).toBe(which.version);
  });

  it('records every act with who, when and why', async () => {
    const which = await draft(named('记录'));
    await publishVersion(world.db, which, BY);
    const stored = await readVersion(world.db, which);
    expect(stored?.acts).toEqual(
      ['deploy', 'publish'].map((act) => ({ act, byPerson: 'p-mo-yan', note: '试验', at: expect.stringMatching(/^\d{4}-.*Z$/) })),
    );
  });

  it('gets a number of its own from each of many at once', async () => {
    const made = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => draft(named(name))));
    expect(new Set(made.map(({ version }) => version)).size).toBe(4);
  });

  it.each([
    "update deployment set descriptor = '{}'",
    'update deployment set bpmn_hash = set_hash where set_hash is not null',
    "update deployment set state = 'draft' where state = 'published'",
    'delete from deployment',
    "update content set body = ''",
    'delete from content',
    "update deployment_act set note = 'x'",
    'delete from deployment_act',
  ])('never changes what it says: the database refuses %s', async (statement) => {
    const before = await readVersions(world.db);
    await expect(world.asApplication(statement)).rejects.toThrow();
    expect(await readVersions(world.db)).toEqual(before);
  });
});
