import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFlowFolder } from '#bin/flow-folder.ts';
import type { FlowSet } from '#engine/flow-set.ts';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let designer: ApiCaller;
let probe: FlowSet;

const diagram = (...tasks: readonly string[]) =>
  smallXml(startEvent + tasks.map((id) => userTask(id)).join('') + endEvent(), ['start', ...tasks, 'end'].join(' > '));

beforeAll(async () => {
  world = await aWorld();
  designer = await world.signIn('p-mo-yan');
  await deployProbe(world, 'probe', startEvent + userTask('check') + endEvent(), 'start > check > end');
  const consult = await readFlowFolder(fileURLToPath(new URL('../flows/consult', import.meta.url)));
  const form = consult.forms.find(({ key }) => key === 'consult-issue');
  if (!form) throw new Error('The consult has no form of issues.');
  probe = {
    descriptor: {
      key: 'probe-two',
      name: { 'zh-CN': '试验二' },
      description: { 'zh-CN': '试验' },
      icon: 'consult',
      numberPrefix: 'SY',
      processId: 'p',
      startForm: 'consult-issue',
      titleFacts: [],
    },
    bpmn: { file: 'probe.bpmn', xml: diagram('check') },
    dmn: [],
    forms: [form],
  };
});
afterAll(() => world.stop());

const deployed = (xml: string, more: object = {}) =>
  designer.post('/api/definitions', { ...probe, bpmn: { file: 'probe.bpmn', xml }, ...more });

describe('versions over the API', () => {
  it('are deployed as drafts, published, gone back to and retired, and listed with what happened', async () => {
    const first = await deployed(diagram('check'), { publish: true, note: '第一版' });
    expect(first.body).toMatchObject({ key: 'probe-two', version: 1, state: 'published', isCurrent: true, isNew: true });
    const second = await deployed(diagram('check', 'sign'));
    expect(second.body).toMatchObject({ version: 2, state: 'draft', isCurrent: false, isNew: true });
    const at = '/api/definitions/probe-two/versions';
    expect((await designer.post(`${at}/2/publish`, { note: '多一步签字' })).body).toMatchObject({ state: 'published', isCurrent: true });
    expect((await designer.post(`${at}/1/make-current`, {})).body).toMatchObject({ version: 1, isCurrent: true });
    expect((await designer.post(`${at}/2/retire`, { note: '有误' })).body).toMatchObject({ state: 'retired', isCurrent: false });
    const { body } = await designer.get('/api/definitions');
    const flow = body.flows.find(({ key }: { key: string }) => key === 'probe-two');
    expect(flow.versions).toMatchObject([
      { version: 2, state: 'retired', isCurrent: false, errors: 0, last: { act: 'retire', note: '有误', by: { id: 'p-mo-yan' } } },
      { version: 1, state: 'published', isCurrent: true, last: { act: 'make-current' } },
    ]);
  });

  it('say what they are made of, and who did what with them', async () => {
    const { body } = await designer.get('/api/definitions/probe-two/versions/2');
    expect(body.xml).toContain('id="sign"');
    expect(body.acts.map(({ act }: { act: string }) => act)).toEqual(['deploy', 'publish', 'retire']);
    expect(body.hashes).toMatchObject({ graph: expect.stringMatching(/^[0-9a-f]{64}$/), forms: { 'consult-issue': expect.any(String) } });
    expect(body.versions).toEqual([2, 1]);
    expect((await designer.get('/api/definitions/probe-two/versions/9')).status).toBe(404);
  });

  it('are compared in either order, the older first', async () => {
    const { body } = await designer.get('/api/definitions/probe-two/versions/2/diff?with=1');
    expect(body).toMatchObject({ before: 1, after: 2, diff: { elements: [{ id: 'sign', kind: 'added' }], forms: [] } });
    expect((await designer.get('/api/definitions/probe-two/versions/1/diff?with=2')).body).toEqual(body);
  });

  it('are not published with an error, which the answer names; a draft is kept with it', async () => {
    const faulty = smallXml(startEvent + userTask('check') + endEvent(), 'start > check');
    const refused = await deployed(faulty, { publish: true });
    expect([refused.status, refused.body.code]).toEqual([422, 'definition-faulty']);
    expect(refused.body.data.findings[0]).toMatchObject({ severity: 'error', message: expect.any(String) });
    const kept = await deployed(faulty);
    expect(kept.body).toMatchObject({ state: 'draft', findings: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) });
    const published = await designer.post(`/api/definitions/probe-two/versions/${kept.body.version}/publish`, {});
    expect([published.status, published.body.code]).toEqual([422, 'definition-faulty']);
  });

  it('show the way to what exploration found, step by step', async () => {
    const late = `<bpmn:boundaryEvent id="late" attachedToRef="b"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
    const fork = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>';
    const stuck = smallXml(
      startEvent + fork + userTask('a') + userTask('b') + late + endEvent(),
      'start > fork > a > join > end',
      'fork > b > join',
      'late > end',
    );
    const { body: draft } = await deployed(stuck);
    const index = draft.findings.findIndex(({ rule }: { rule: string }) => rule === 'deadlock');
    const at = `/api/definitions/probe-two/versions/${draft.version}/findings`;
    const { body } = await designer.get(`${at}/${index}/way`);
    expect(body.moments).toMatchObject([
      { commandType: 'start', element: { 'zh-CN': '试验二' }, marks: { active: expect.arrayContaining(['a', 'b']), waiting: [] } },
      { commandType: 'task.complete', element: { 'zh-CN': 'a' }, marks: { completed: expect.arrayContaining(['a']), waiting: ['join'] } },
      {
        commandType: 'timer.fire',
        element: { 'zh-CN': 'late' },
        marks: { waiting: ['join'], takenFlows: expect.arrayContaining(['late--end']) },
      },
    ]);
    expect((await designer.get(`${at}/${draft.findings.length}/way`)).status).toBe(404);
  });

  it('are told to be what they are when something else was done first', async () => {
    const again = await designer.post('/api/definitions/probe-two/versions/1/publish', {});
    expect([again.status, again.body.code]).toEqual([409, 'version-moved-on']);
  });

  it('count the instances that run with them; those go on when a new version comes', async () => {
    const running = async (version: number) => (await designer.get(`/api/definitions/probe/versions/${version}`)).body.running;
    const id = await startProbe(world, 'probe');
    expect(await running(1)).toBe(1);
    await deployProbe(world, 'probe', startEvent + userTask('check') + userTask('sign') + endEvent(), 'start > check > sign > end');
    await startProbe(world, 'probe');
    expect([await running(1), await running(2)]).toEqual([1, 1]);
    const [task] = Object.values((await world.state(id)).tasks);
    await world.call('p-wu-tong', 'completeTask', { id, taskId: task?.taskId ?? '', commandId: randomUUID() });
    expect([(await world.state(id)).status, await running(1)]).toEqual(['completed', 0]);
  });

  it('offer no service once the current one is retired, and instances go on', async () => {
    const id = await startProbe(world, 'probe');
    expect((await designer.post('/api/definitions/probe/versions/2/retire', {})).status).toBe(200);
    const services = await world.call('p-wu-tong', 'services', {});
    expect(services.map(({ key }) => key)).not.toContain('probe');
    await expect(startProbe(world, 'probe')).rejects.toThrow('not-found');
    expect((await world.call('p-wu-tong', 'instance', { id })).header.status).toBe('active');
  });

  it.each(['p-wu-tong', 'p-lin-yue'])('are nothing for %s, who designs no flows', async (personId) => {
    const caller = await world.signIn(personId);
    expect((await caller.get('/api/definitions')).status).toBe(404);
    expect((await caller.post('/api/definitions', probe)).status).toBe(404);
  });

  it('are read by an auditor, not changed', async () => {
    const auditor = await world.signIn('p-ye-zhou');
    expect((await auditor.get('/api/definitions')).status).toBe(200);
    expect((await auditor.post('/api/definitions/probe-two/versions/1/retire', {})).status).toBe(404);
  });
});
