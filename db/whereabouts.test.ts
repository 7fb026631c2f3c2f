import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { surveyAll } from '#engine/surveyor.ts';
import { endEvent, startEvent, userTask } from '#test/support/bpmn.ts';
import { aConsult } from '#test/support/consult.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { countWhereabouts } from './whereabouts.ts';

const OPERATOR = 'p-kang-ning';
const APPLICANT = 'p-wu-tong';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

interface Row extends Record<string, unknown> {
  readonly element_id: string;
  readonly version: number;
  readonly tokens: number;
  readonly incidents: number;
  readonly since: Date;
}

const rowsOf = (id: string) =>
  world.asOwner<Row>('select element_id, version, tokens, incidents, since from whereabouts where instance_id = $1 order by element_id', [
    id,
  ]);
const elementsOf = async (id: string) => (await rowsOf(id)).map((row) => row.element_id);
const countsAt = async (key: string, version = 1) =>
  Object.fromEntries(
    (await countWhereabouts(world.db, { key, version })).map((each) => [each.elementId, [each.instances, each.incidents]]),
  );
const overview = async (key: string) =>
  (await world.call(OPERATOR, 'runningFlows', {})).flows.find((flow) => flow.key === key)?.versions ?? [];
async function completeProbe(id: string, elementId: string): Promise<void> {
  const task = Object.values((await world.state(id)).tasks).find((each) => each.elementId === elementId);
  await world.call(APPLICANT, 'completeTask', { id, taskId: task?.taskId ?? '', commandId: randomUUID() });
}
const script = (id: string, expression: string): string =>
  `<bpmn:scriptTask id="${id}"><bpmn:extensionElements><zeebe:script expression="${expression}" resultVariable="y"/></bpmn:extensionElements></bpmn:scriptTask>`;

describe('where a consult stands', () => {
  it('moves with every step that moves it, and with no other', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const [review, ...more] = await rowsOf(consult.id);
    expect(more).toEqual([]);
    expect(review).toMatchObject({ element_id: 'review', version: 1, tokens: 1, incidents: 0 });
    const { taskId } = await consult.task('review');
    await world.call('p-he-jing', 'claimTask', { id: consult.id, taskId, commandId: randomUUID() });
    expect(await rowsOf(consult.id)).toEqual([review]);
    await consult.complete('review', { by: 'p-he-jing' });
    expect(await elementsOf(consult.id)).toEqual(['dispatch']);
    await consult.advanceTo('evaluate-executor');
    expect(await elementsOf(consult.id)).toEqual(expect.arrayContaining(['evaluate-applicant', 'evaluate-executor']));
    await consult.advanceTo('end');
    expect(await elementsOf(consult.id)).toEqual([]);
  });
});

describe('the counts of a version', () => {
  it('tell apart who stands at an element with an incident, and who is suspended', async () => {
    const elements = `${startEvent}${userTask('ask')}${script('x', '=function(a) a')}${endEvent()}`;
    await deployProbe(world, 'broken', elements, 'start > ask > x > end');
    const [waits, fails, pauses] = [
      await startProbe(world, 'broken'),
      await startProbe(world, 'broken'),
      await startProbe(world, 'broken'),
    ];
    await completeProbe(fails, 'ask');
    await world.call(OPERATOR, 'suspendInstance', { id: pauses, commandId: randomUUID(), reason: '核查' });
    expect(await countsAt('broken')).toEqual({ ask: [2, 0], x: [0, 1] });
    expect(await overview('broken')).toEqual([{ version: 1, isCurrent: true, running: 3, incidents: 1, suspended: 1 }]);
    const view = await world.call(OPERATOR, 'whereabouts', { key: 'broken', version: 1 });
    expect(view).toMatchObject({ running: 3, incidents: 1, suspended: 1 });
    expect(view.elements).toMatchObject([
      { elementId: 'ask', name: { 'zh-CN': 'ask' }, elementType: 'userTask', instances: 2, incidents: 0 },
      { elementId: 'x', elementType: 'scriptTask', instances: 0, incidents: 1 },
    ]);
    const { rows } = await world.call(OPERATOR, 'instancesAt', { key: 'broken', version: 1, elementId: 'ask' });
    expect(rows.map(({ instanceId, suspendedAt }) => [instanceId, suspendedAt !== null])).toEqual([
      [waits, false],
      [pauses, true],
    ]);
    await world.call(OPERATOR, 'cancelInstance', { id: fails, commandId: randomUUID(), reason: '试验' });
    expect(await countsAt('broken')).toEqual({ ask: [2, 0] });
  });

  it('list who stands at an element page by page, those with an incident first, then the longest there', async () => {
    const elements = `${startEvent}${userTask('ask')}${endEvent()}`;
    await deployProbe(world, 'paged', elements, 'start > ask > end');
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push(await startProbe(world, 'paged'));
    await world.asOwner('update whereabouts set incidents = 1 where instance_id = $1', [ids[3]]);
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await world.call(OPERATOR, 'instancesAt', {
        key: 'paged',
        version: 1,
        elementId: 'ask',
        limit: 2,
        ...(after && { after }),
      });
      seen.push(...page.rows.map(({ instanceId }) => instanceId));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual([3, 0, 1, 2, 4].map((index) => ids[index]));
  });

  it('count a migrated instance under its new version, by its new element, since when it stood at the old one', async () => {
    const line = (...ids: readonly string[]) =>
      deployProbe(world, 'moved', startEvent + ids.map((id) => userTask(id)).join('') + endEvent(), ['start', ...ids, 'end'].join(' > '));
    await line('one');
    const id = await startProbe(world, 'moved');
    const [before] = await rowsOf(id);
    await line('uno', 'two');
    await world.call(OPERATOR, 'migrateInstance', { id, commandId: randomUUID(), version: 2, mapping: { one: 'uno' }, reason: '流程更新' });
    expect(await rowsOf(id)).toEqual([{ ...before, element_id: 'uno', version: 2 }]);
    expect([await countsAt('moved', 1), await countsAt('moved', 2)]).toEqual([{}, { uno: [1, 0] }]);
    await completeProbe(id, 'uno');
    expect(await countsAt('moved', 2)).toEqual({ two: [1, 0] });
  });

  it('are there for operators only', async () => {
    for (const person of ['p-mo-yan', 'p-he-jing', 'p-ye-zhou'])
      await expect(world.call(person, 'whereabouts', { key: 'consult', version: 1 })).rejects.toMatchObject({ status: 404 });
  });
});

describe('an instance that runs since before whereabouts were written down', () => {
  const forget = async (id: string) => {
    await world.asOwner('delete from whereabouts where instance_id = $1', [id]);
    await world.asOwner('update instance set is_whereabouts_known = false where id = $1', [id]);
  };
  const survey = () => surveyAll(world, (error) => expect.unreachable(String(error)));

  it('is looked at by a worker, which finds where it stands and since when', async () => {
    const consult = await aConsult(world, { waitingAt: 'evaluate-executor' });
    const before = await rowsOf(consult.id);
    await forget(consult.id);
    await survey();
    expect(await rowsOf(consult.id)).toEqual(before);
    await consult.advanceTo('quality');
    expect(await elementsOf(consult.id)).toContain('quality');
    expect(await elementsOf(consult.id)).not.toContain('evaluate-executor');
  });

  it('goes on meanwhile, and is looked at where it stands then', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    await forget(consult.id);
    await consult.complete('review');
    expect(await rowsOf(consult.id)).toEqual([]);
    await survey();
    expect(await elementsOf(consult.id)).toEqual(['dispatch']);
  });

  it('is counted right when a step comes at the same moment', async () => {
    const consults = await Promise.all(Array.from({ length: 6 }, () => aConsult(world, { waitingAt: 'review' })));
    for (const { id } of consults) await forget(id);
    await Promise.all([survey(), ...consults.map((consult) => consult.complete('review')), survey()]);
    await survey();
    for (const { id } of consults) expect(await elementsOf(id)).toEqual(['dispatch']);
  });
});
