/** Timer start events (P19) through Temporal's own Schedules. */
import { ScheduleNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCycleActivities } from '#activities/cycle.ts';
import { diagramXml, endEvent, smallProcess, startEvent } from '#test/support/bpmn.ts';
import { historyOf } from '#test/support/history.ts';
import { deployDiagram } from '#test/support/probe.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { Beginnings } from './beginnings.ts';
import { deploy } from './deploy.ts';
import { Processes } from './processes.ts';

let world: World;
let shell: Shell;
beforeAll(async () => {
  world = await aWorld();
  shell = await aShell(world);
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

type Kind = 'timeCycle' | 'timeDate' | 'timeDuration';
const timerStart = (text: string, kind: Kind = 'timeCycle') =>
  `<bpmn:startEvent id="due"><bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${kind}></bpmn:timerEventDefinition></bpmn:startEvent>`;
const byHand = smallProcess('p', `${startEvent}${endEvent()}`, 'start > end');
const periodic = (text: string, kind?: Kind) =>
  diagramXml(byHand, smallProcess('q', `${timerStart(text, kind)}${endEvent('done')}`, 'due > done'));

const begun = async (key: string) =>
  (await world.asOwner<{ id: string }>('select id from instance where service_key = $1 order by created_at', [key])).map(({ id }) => id);
const handleOf = (key: string) => shell.temporal.client.schedule.getHandle(`cycle:${key}:due`);
const isScheduled = (key: string) =>
  handleOf(key)
    .describe()
    .then(
      () => true,
      (error: unknown) => {
        if (error instanceof ScheduleNotFoundError) return false;
        throw error;
      },
    );

describe('a timer start event', () => {
  it('begins an instance each time it is due, and as often as it says', async () => {
    await deployDiagram(world, 'twice', periodic('R2/PT1S'));
    await shell.schedules.reconcile();
    const ids = await until('both begin', async () => {
      const found = await begun('twice');
      return found.length === 2 && found;
    });
    for (const id of ids) {
      await shell.sealed(id);
      await shell.expectConfirmed(id);
      const { elements } = await world.state(id);
      expect(elements[1]?.variables).toMatchObject({ platform: 'org-lead', starter: { organisation: 'org-lead' } });
      expect((await world.instance(id)).applicantId).toBeNull();
    }
    await until('the Schedule has no more to do', async () => {
      const { state } = await handleOf('twice').describe();
      return state.remainingActions === 0;
    });
    expect(await begun('twice')).toEqual(ids);
  });

  it('at a date begins once', async () => {
    await deployDiagram(world, 'on-a-day', periodic(new Date(Date.now() + 2_500).toISOString(), 'timeDate'));
    await shell.schedules.reconcile();
    const [id = ''] = await until('it begins', async () => {
      const found = await begun('on-a-day');
      return found.length > 0 && found;
    });
    await shell.sealed(id);
    const [first] = (await handleOf('on-a-day').describe()).info.recentActions;
    const history = await historyOf(shell.temporal.client, first?.action.workflow.workflowId ?? '');
    expect(history.events?.at(-1)?.workflowExecutionCompletedEventAttributes).toBeTruthy();
  });

  it('may be the only way in: such a flow is no service that a person could apply for', async () => {
    const alone = diagramXml(smallProcess('p', `${timerStart('0 3 1 1 *')}${endEvent('done')}`, 'due > done'));
    await deployDiagram(world, 'alone', alone, { isService: false });
    const services = await world.call('p-wu-tong', 'services', {});
    expect(services.map(({ key }) => key)).toContain('consult');
    expect(services.map(({ key }) => key)).not.toContain('alone');
    await expect(world.call('p-wu-tong', 'serviceForm', { key: 'alone' })).rejects.toMatchObject({ status: 404 });
  });

  it('begins one instance for one time, however often it is told', async () => {
    await deployDiagram(world, 'told-twice', periodic('0 3 1 1 *'));
    const processes = new Processes(world);
    const { startScheduled } = createCycleActivities({ db: world.db, processes, beginnings: new Beginnings({ ...world, processes }) });
    const due = { scheduleId: 'cycle:told-twice:due', scheduledAt: '2026-01-01T03:00:00.000Z' };
    await Promise.all([startScheduled(due), startScheduled(due)]);
    await startScheduled({ ...due, scheduledAt: '2027-01-01T03:00:00.000Z' });
    expect(await begun('told-twice')).toHaveLength(2);
  });

  it('has its Schedule taken away with the version that had it', async () => {
    await deployDiagram(world, 'no-more', periodic('R/PT1H'));
    await shell.schedules.reconcile();
    expect((await handleOf('no-more').describe()).policies.catchupWindow).toBe(7 * 86_400_000);
    await deployDiagram(world, 'no-more', diagramXml(byHand));
    await shell.schedules.reconcile();
    expect(await isScheduled('no-more')).toBe(false);
  });

  it('gets another Schedule with another timer, and keeps it with the same one', async () => {
    await deployDiagram(world, 'moved', periodic('R/PT1H'));
    await shell.schedules.reconcile();
    const everyMs = async () => (await handleOf('moved').describe()).spec.intervals?.map(({ every }) => every);
    const madeAt = async () => (await handleOf('moved').describe()).info.createdAt.getTime();
    const before = await madeAt();
    await deployDiagram(world, 'moved', periodic('R/PT1H').replace('id="done"', 'id="done" name="完成"'));
    await shell.schedules.reconcile();
    expect(await madeAt()).toBe(before);
    await deployDiagram(world, 'moved', periodic('R/PT2H'));
    await shell.schedules.reconcile();
    expect(await everyMs()).toEqual([7_200_000]);
  });

  it('gets its Schedule again from a Temporal made anew', async () => {
    await deployDiagram(world, 'lost', periodic('R/PT1H'));
    await shell.schedules.reconcile();
    await handleOf('lost').delete();
    await until('it is gone', async () => !(await isScheduled('lost')));
    await shell.schedules.reconcile();
    expect(await isScheduled('lost')).toBe(true);
  });

  it('of which no Schedule can be made is refused at deployment', async () => {
    await expect(deployDiagram(world, 'never', periodic('=interval', 'timeDuration'))).rejects.toThrow('timer-start');
    await expect(deployDiagram(world, 'never', periodic('R/P5M'))).rejects.toThrow('timer-start');
  });
});

it('a flow cannot take the name of the workflow that Schedules start', async () => {
  const refused = await deploy(world.db, {
    descriptor: {
      key: 'cycle',
      name: { 'zh-CN': '试验' },
      description: { 'zh-CN': '试验' },
      icon: 'consult',
      numberPrefix: 'SY',
      processId: 'p',
      startForm: 'probe',
      titleFacts: [],
    },
    bpmn: { file: 'cycle.bpmn', xml: diagramXml(byHand) },
    dmn: [],
    forms: [],
  });
  expect(refused).toMatchObject({ kind: 'refused', findings: [{ elementId: 'key', rule: 'descriptor' }] });
});
