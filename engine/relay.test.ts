import { randomUUID } from 'node:crypto';
import type { ClientInterceptors } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createActivities } from '#activities/index.ts';
import type { JobHandlers } from '#activities/jobs/jobs.ts';
import { offerTo } from '#activities/jobs/offer.ts';
import { endEvent, serviceTask, startEvent, timerCatch, userTask } from '#test/support/bpmn.ts';
import { aConsult, type Consult } from '#test/support/consult.ts';
import { countEvents, historyContains, historyOf, updateNames } from '#test/support/history.ts';
import { deployProbe, startProbe } from '#test/support/probe.ts';
import { aRelay as aRunningRelay, untilSealed } from '#test/support/relay.ts';
import { aTcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts';
import { aTestWorker, type TestWorker } from '#test/support/temporal-worker.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';
import type { InstanceActivities } from '#workflows/messages.ts';
import { InstanceCodec } from './codec.ts';
import type { Door } from './door.ts';
import type { Relay, RelayOptions } from './relay.ts';

let world: World;
let proxy: TcpProxy;
let temporal: TestWorker;
const relays: (() => Promise<void>)[] = [];

/** What tests put in the way of activities and Updates, by instance. */
const doorFaults = new Map<string, (type: string, call: 'before' | 'after') => void>();
const updateFaults = new Map<string, (call: 'before' | 'after') => void>();
const jobs = new Map<string, JobHandlers[string]>();
/** Updates under way, and the most that were under way at once, for each instance. */
const underWay = new Map<string, { now: number; most: number }>();

const faultyDoor: Pick<Door, 'submit'> = {
  async submit(request) {
    const fault = doorFaults.get(request.instanceId);
    // The body is what an activity asked; its type says which report this is.
    const { type } = request.asked as { type: string };
    fault?.(type, 'before');
    const result = await world.door.submit(request);
    fault?.(type, 'after');
    return result;
  },
};

async function watched<T>(instanceId: string, call: () => Promise<T>): Promise<T> {
  const entry = underWay.get(instanceId) ?? { now: 0, most: 0 };
  underWay.set(instanceId, entry);
  entry.now += 1;
  entry.most = Math.max(entry.most, entry.now);
  try {
    updateFaults.get(instanceId)?.('before');
    const result = await call();
    updateFaults.get(instanceId)?.('after');
    return result;
  } finally {
    entry.now -= 1;
  }
}

const interceptors: ClientInterceptors = {
  workflow: [
    {
      startUpdate: (input, next) => watched(input.workflowExecution.workflowId ?? '', () => next(input)),
      startUpdateWithStart: (input, next) => watched(input.workflowStartOptions.workflowId, () => next(input)),
    },
  ],
};

beforeAll(async () => {
  world = await aWorld();
  proxy = await aTcpProxy(process.env.TEMPORAL_ADDRESS ?? '');
  const activities: InstanceActivities = createActivities({
    door: faultyDoor,
    offerJob: offerTo(world.db),
    jobs: { probe: (job) => jobs.get(job.instanceId)?.(job) ?? Promise.resolve({}) },
  });
  temporal = await aTestWorker({ activities, codec: new InstanceCodec(world), clientAddress: proxy.address, interceptors });
  await deployProbe(world, 'probe-job', `${startEvent}${serviceTask('call', { type: 'probe' })}${endEvent()}`, 'start > call > end');
  await deployProbe(world, 'probe-timer', `${startEvent}${timerCatch('wait', 'PT1S')}${endEvent()}`, 'start > wait > end');
  await deployProbe(world, 'probe-task', `${startEvent}${userTask('ask')}${endEvent()}`, 'start > ask > end');
});
afterEach(async () => {
  for (const stop of relays.splice(0)) await stop();
  for (const map of [doorFaults, updateFaults, jobs]) map.clear();
});
afterAll(async () => {
  await temporal.stop();
  await proxy.close();
  await world.stop();
});

function aRelay(options: Partial<RelayOptions> = {}): Relay {
  const { relay, stop } = aRunningRelay(world, temporal, options);
  relays.push(stop);
  return relay;
}

interface RelayRow {
  readonly last_seq: number;
  readonly confirmed_seq: number;
  readonly stopped: boolean;
  readonly last_error: string | null;
  readonly attempts: number;
}

const relayRow = async (id: string): Promise<RelayRow | undefined> =>
  (
    await world.asOwner<RelayRow & Record<string, unknown>>(
      'select last_seq, confirmed_seq, stopped, last_error, attempts from relay where instance_id = $1',
      [id],
    )
  )[0];
const confirmed = (id: string) =>
  until('all steps are confirmed', async () => {
    const row = await relayRow(id);
    return !row || row.confirmed_seq === row.last_seq;
  });
const stopped = (id: string) => until('the instance is stopped', async () => (await relayRow(id))?.stopped === true);
const sealed = (id: string) => untilSealed(world, id);
const problems = async (problem: 'stopped' | 'unconfirmed' | 'seal-pending' | 'incident') =>
  (await world.call('p-kang-ning', 'operationsInstances', { problem })).rows;
const resolve = (id: string) => world.call('p-kang-ning', 'resolveInstance', { id, commandId: randomUUID(), reason: 'mended' });
/** Lets what rides along go at once. */
const hurry = (id: string) => world.asOwner('update relay set due_at = now() where instance_id = $1', [id]);
const comment = (id: string, text = 'hello') => world.call('p-wu-tong', 'comment', { id, commandId: randomUUID(), text });

async function completeOnlyTask(id: string): Promise<void> {
  const { tasks } = await world.state(id);
  await world.call('p-wu-tong', 'completeTask', { id, taskId: Object.keys(tasks)[0] ?? '', commandId: randomUUID() });
}

/** Every step was told once: the accepted Updates of all runs hold each seq, and the workflow's hash is the journal's. */
async function expectConfirmed({ id }: Pick<Consult, 'id'>): Promise<void> {
  await hurry(id);
  await confirmed(id);
  const { lastHash, lastSeq, isDiverged } = await world.instance(id);
  expect(isDiverged).toBe(false);
  const view = await world.call('p-ye-zhou', 'audit', { id });
  expect(view.chain).toEqual({ valid: true, brokenAt: null, head: lastHash });
  expect(view.steps.every((step) => step.confirmed)).toBe(true);
  expect(view.steps).toHaveLength(lastSeq);
}

describe('a consult', () => {
  it('is confirmed step by step, sealed by its workflow, and closed only then', async () => {
    const consult = await aConsult(world, { waitingAt: 'review', patientName: '金丝雀王小明' });
    aRelay();
    await expectConfirmed(consult);
    await consult.advanceTo('end');
    await sealed(consult.id);
    const { header } = await world.call('p-wu-tong', 'instance', { id: consult.id });
    expect(header.status).toBe('closed');
    const steps = await world.journal(consult.id);
    const seals = steps.flatMap((step) => step.opened.events.filter((event) => event.type === 'sealed'));
    expect(seals).toHaveLength(1);
    const result = await temporal.client.workflow.getHandle(consult.id).result();
    expect(result).toEqual({ lastSeq: steps.length - 1, lastHash: steps.at(-2)?.hash, result: 'closed' });
    expect(await relayRow(consult.id)).toBeUndefined();
    const history = await historyOf(temporal.client, consult.id);
    expect(historyContains(history, '金丝雀王小明')).toBe(false);
    expect(new Set(updateNames(history))).toContain('quality');
    await expectConfirmed(consult);
  });

  it('that is far behind is told in few Updates', async () => {
    const consult = await aConsult(world);
    for (let count = 0; count < 25; count += 1) await comment(consult.id, `comment ${count}`);
    aRelay();
    await expectConfirmed(consult);
    expect(updateNames(await historyOf(temporal.client, consult.id))).toHaveLength(2);
  });

  it('lets claims and comments ride along with the step that moves it', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    aRelay();
    await confirmed(consult.id);
    const { taskId } = await consult.task('review');
    await world.call('p-he-jing', 'claimTask', { id: consult.id, taskId, commandId: randomUUID() });
    await comment(consult.id);
    expect((await relayRow(consult.id))?.confirmed_seq).toBe(1);
    await consult.complete('review', { by: 'p-he-jing' });
    await confirmed(consult.id);
    expect(updateNames(await historyOf(temporal.client, consult.id))).toHaveLength(2);
    await expectConfirmed(consult);
  });

  it('with a comment between its end and its seal is sealed all the same', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    await consult.complete('review', { by: 'p-he-jing', outcome: 'reject', reasonCode: 'duplicate' });
    await comment(consult.id, 'Why?');
    aRelay();
    await sealed(consult.id);
    await comment(consult.id, 'I see.');
    await expectConfirmed(consult);
  });
});

describe('while Temporal is away', () => {
  it('people go on, and everything is confirmed afterwards', async () => {
    aRelay({ leaseSeconds: 2 });
    const known = await aConsult(world, { waitingAt: 'review' });
    await confirmed(known.id);
    await proxy.close();
    const begun = await aConsult(world, { waitingAt: 'confirm' });
    await known.advanceTo('confirm');
    await until('the relay has tried in vain', async () => ((await relayRow(begun.id))?.attempts ?? 0) > 0);
    await proxy.open();
    await expectConfirmed(known);
    await expectConfirmed(begun);
  });

  it('an outage shows to operators as unconfirmed', async () => {
    await proxy.close();
    aRelay();
    const consult = await aConsult(world, { waitingAt: 'review' });
    await world.asOwner("update relay set unconfirmed_since = now() - interval '1 minute' where instance_id = $1", [consult.id]);
    const rows = await problems('unconfirmed');
    expect(rows.filter((row) => row.instanceId === consult.id)).toMatchObject([{ problem: 'unconfirmed', confirmedSeq: 0 }]);
    await proxy.open();
    await expectConfirmed(consult);
    expect((await problems('unconfirmed')).filter((row) => row.instanceId === consult.id)).toEqual([]);
  });

  it('no worker polling is waited out too', async () => {
    await temporal.pause();
    const consult = await aConsult(world, { waitingAt: 'review' });
    aRelay({ leaseSeconds: 2 });
    await until('the relay gave a call up', async () => ((await relayRow(consult.id))?.attempts ?? 0) > 0);
    await consult.advanceTo('dispatch');
    await temporal.resume();
    await expectConfirmed(consult);
  });
});

describe('a divergence', () => {
  /** As somebody who may do everything to the database. */
  async function tamper(statement: string, values: readonly unknown[]): Promise<void> {
    await world.asOwner('alter table step disable trigger step_append_only');
    await world.asOwner(statement, values);
    await world.asOwner('alter table step enable trigger step_append_only');
  }

  it('of a changed hash stops the instance, shows to operators, and is gone after the mend and a rebuild', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    await consult.complete('review', { by: 'p-he-jing' });
    const { lastSeq } = await world.instance(consult.id);
    const good = (await world.journal(consult.id))[lastSeq - 2]?.hash ?? '';
    await tamper("update step set hash = decode($1, 'hex') where instance_id = $2 and seq = $3", [
      'ab'.repeat(32),
      consult.id,
      lastSeq - 1,
    ]);
    aRelay();
    await stopped(consult.id);
    expect((await world.instance(consult.id)).isDiverged).toBe(true);
    await expect(comment(consult.id)).rejects.toMatchObject({ status: 409, view: { code: 'instance-stopped' } });
    const [problem] = (await problems('stopped')).filter((row) => row.instanceId === consult.id);
    expect(problem).toMatchObject({ problem: 'stopped', confirmedSeq: 0 });
    expect(problem?.detail).toContain('ab'.repeat(32));
    expect(problem?.detail).toContain(good);
    const { header } = await world.call('p-wu-tong', 'instance', { id: consult.id });
    expect(header.status).toBe('stopped');

    // As long as the cause is there a rebuild comes to the same.
    await resolve(consult.id);
    await stopped(consult.id);
    await tamper("update step set hash = decode($1, 'hex') where instance_id = $2 and seq = $3", [good, consult.id, lastSeq - 1]);
    await resolve(consult.id);
    await expectConfirmed(consult);
    await consult.advanceTo('confirm');
    await expectConfirmed(consult);
  });

  it('of another definition stops the instance', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const [other] = await world.asOwner<{ graph_hash: string }>("select graph_hash from deployment where service_key = 'probe-task'");
    const { graphHash } = await world.instance(consult.id);
    await world.asOwner('update instance set graph_hash = $1 where id = $2', [other?.graph_hash, consult.id]);
    aRelay();
    await stopped(consult.id);
    await world.asOwner('update instance set graph_hash = $1 where id = $2', [graphHash, consult.id]);
    await resolve(consult.id);
    await expectConfirmed(consult);
  });

  it('of a workflow that knows more than the journal stops the instance', async () => {
    const consult = await aConsult(world);
    await comment(consult.id);
    aRelay();
    await hurry(consult.id);
    await confirmed(consult.id);
    // As after a restore of Postgres: the last step is gone, and another takes its place.
    await world.asOwner('update relay set confirmed_seq = 0, last_seq = 1 where instance_id = $1', [consult.id]);
    await tamper('delete from step where instance_id = $1 and seq = 2', [consult.id]);
    await world.asOwner('update relay set due_at = now() where instance_id = $1', [consult.id]);
    await stopped(consult.id);
    const [problem] = (await problems('stopped')).filter((row) => row.instanceId === consult.id);
    expect(problem?.detail).toContain('ahead of the journal');
  });
});

describe('a workflow that is gone', () => {
  it('is for an operator to see, and is built anew from the journal under the same id', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    aRelay();
    await confirmed(consult.id);
    const handle = temporal.client.workflow.getHandle(consult.id);
    const { runId } = await handle.describe();
    await handle.terminate('planted');
    await consult.complete('review', { by: 'p-he-jing' });
    await stopped(consult.id);
    const [problem] = (await problems('stopped')).filter((row) => row.instanceId === consult.id);
    expect(problem?.detail).toBe('workflow-missing');
    // Nothing is wrong with the journal: people go on.
    await consult.advanceTo('confirm');
    await resolve(consult.id);
    await expectConfirmed(consult);
    expect((await handle.describe()).runId).not.toBe(runId);
    const last = (await world.journal(consult.id)).at(-1);
    expect(last?.opened.command).toMatchObject({ type: 'comment', text: 'mended (workflow-missing)' });
    await consult.advanceTo('end');
    await sealed(consult.id);
  });

  it('before its first steps were confirmed is not started a second time by itself', async () => {
    const consult = await aConsult(world);
    aRelay();
    await confirmed(consult.id);
    const handle = temporal.client.workflow.getHandle(consult.id);
    const { runId } = await handle.describe();
    await handle.terminate('planted');
    await comment(consult.id);
    await world.asOwner('update relay set confirmed_seq = 0, due_at = now() where instance_id = $1', [consult.id]);
    await stopped(consult.id);
    expect((await relayRow(consult.id))?.last_error).toBe('workflow-missing');
    expect((await handle.describe()).runId).toBe(runId);
  });

  it('between the end and the seal is built anew too, and the seal comes', async () => {
    const id = await startProbe(world, 'probe-task');
    doorFaults.set(id, (type, call) => {
      if (type === 'seal' && call === 'before') throw new Error('The database is away.');
    });
    aRelay();
    await confirmed(id);
    await completeOnlyTask(id);
    await confirmed(id);
    await temporal.client.workflow.getHandle(id).terminate('planted');
    doorFaults.delete(id);
    await world.asOwner("update instance set ended_at = now() - interval '1 minute' where id = $1", [id]);
    expect((await problems('seal-pending')).map((row) => row.instanceId)).toContain(id);
    await resolve(id);
    await sealed(id);
    expect((await problems('seal-pending')).map((row) => row.instanceId)).not.toContain(id);
  });
});

describe('several relays', () => {
  it('never tell one instance at the same time, and tell every step', async () => {
    const consults = await Promise.all([aConsult(world), aConsult(world), aConsult(world)]);
    for (let count = 0; count < 3; count += 1) aRelay();
    for (let count = 0; count < 4; count += 1) {
      await Promise.all(
        consults.map(async (consult) => {
          await comment(consult.id, `comment ${count}`);
          await hurry(consult.id);
        }),
      );
    }
    for (const consult of consults) {
      await expectConfirmed(consult);
      expect(underWay.get(consult.id)?.most).toBe(1);
    }
  });

  it('take over from one that died, when its lease has run out', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    await world.asOwner("update relay set lease_by = 'dead', lease_until = now() + interval '1 second' where instance_id = $1", [
      consult.id,
    ]);
    aRelay();
    const [{ lease_until } = { lease_until: new Date() }] = await world.asOwner<{ lease_until: Date }>(
      'select lease_until from relay where instance_id = $1',
      [consult.id],
    );
    expect((await relayRow(consult.id))?.confirmed_seq).toBe(0);
    await expectConfirmed(consult);
    expect(Date.now()).toBeGreaterThan(lease_until.getTime());
  });
});

/** The list at the end of the protocol. Failing once at the named point stands for a process that died there. */
describe('a crash', () => {
  const once = (act: () => void) => {
    let isDone = false;
    return () => {
      if (isDone) return;
      isDone = true;
      act();
    };
  };
  const die = () => {
    throw new Error('planted');
  };

  it('between commit and Update: another worker tells the step', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const dieOnce = once(die);
    updateFaults.set(consult.id, (call) => {
      if (call === 'before') dieOnce();
    });
    aRelay();
    await expectConfirmed(consult);
  });

  it('between an Update and its answer: the step is told again and applied once', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const dieOnce = once(die);
    updateFaults.set(consult.id, (call) => {
      if (call === 'after') dieOnce();
    });
    aRelay();
    await expectConfirmed(consult);
    const dieAgain = once(die);
    updateFaults.set(consult.id, (call) => {
      if (call === 'after') dieAgain();
    });
    await consult.complete('review', { by: 'p-he-jing' });
    await expectConfirmed(consult);
    await consult.advanceTo('confirm');
    await expectConfirmed(consult);
  });

  it('between the last Update and its answer: the complete workflow was told everything', async () => {
    const id = await startProbe(world, 'probe-task');
    aRelay();
    await confirmed(id);
    const dieOnce = once(die);
    updateFaults.set(id, (call) => {
      if (call === 'after') dieOnce();
    });
    await completeOnlyTask(id);
    await sealed(id);
    await expectConfirmed({ id });
  });

  it('between the only Update and its answer: no second workflow is started', async () => {
    const id = await startProbe(world, 'probe-task');
    await completeOnlyTask(id);
    const dieOnce = once(die);
    updateFaults.set(id, (call) => {
      if (call === 'after') dieOnce();
    });
    aRelay();
    await sealed(id);
    await expectConfirmed({ id });
    expect(updateNames(await historyOf(temporal.client, id))).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('of the worker %s the door took a fired timer: it fires once', async (moment) => {
    const id = await startProbe(world, 'probe-timer');
    const dieOnce = once(die);
    doorFaults.set(id, (type, call) => {
      if (type === 'timer.fire' && call === moment) dieOnce();
    });
    aRelay();
    await sealed(id);
    const events = (await world.journal(id)).flatMap((step) => step.opened.events.map((event) => event.type));
    expect(events.filter((type) => type === 'timer.fired')).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'between a job’s outside call and its record (%s the door): the call was made once',
    async (moment) => {
      const id = await startProbe(world, 'probe-job');
      let calls = 0;
      jobs.set(id, async () => {
        calls += 1;
        return { number: calls };
      });
      const dieOnce = once(die);
      doorFaults.set(id, (type, call) => {
        if (type === 'job.complete' && call === moment) dieOnce();
      });
      aRelay();
      await sealed(id);
      expect(calls).toBe(1);
      const completions = (await world.journal(id)).filter((step) => step.commandType === 'job.complete');
      expect(completions).toHaveLength(1);
    },
  );

  it('in a job’s outside call: it is made again, and counts once', async () => {
    const id = await startProbe(world, 'probe-job');
    let calls = 0;
    jobs.set(id, async () => {
      calls += 1;
      if (calls === 1) throw new Error('The worker died here.');
      return { number: calls };
    });
    aRelay();
    await sealed(id);
    expect(calls).toBe(2);
    const commands = (await world.journal(id)).map((step) => step.commandType);
    expect(commands).toEqual(['start', 'job.complete', 'seal']);
  });

  it.each(['before', 'after'] as const)('between the seal and its record (%s the door): it is recorded once', async (moment) => {
    const id = await startProbe(world, 'probe-task');
    const dieOnce = once(die);
    doorFaults.set(id, (type, call) => {
      if (type === 'seal' && call === moment) dieOnce();
    });
    aRelay();
    await completeOnlyTask(id);
    await sealed(id);
    await temporal.client.workflow.getHandle(id).result();
    expect((await world.journal(id)).filter((step) => step.commandType === 'seal')).toHaveLength(1);
    await expectConfirmed({ id });
  });

  it('of every worker while tasks wait: the next one replays the histories and goes on', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    aRelay();
    await confirmed(consult.id);
    await temporal.pause();
    await temporal.resume();
    await consult.advanceTo('dispatch');
    await expectConfirmed(consult);
    const history = await historyOf(temporal.client, consult.id);
    expect(countEvents(history, 'workflowTaskFailedEventAttributes')).toBe(0);
  });
});

describe('a job that nobody handles', () => {
  it('is an incident that operators see and can retry once somebody does', async () => {
    const id = await startProbe(world, 'probe-job');
    jobs.set(id, async () => Promise.reject(new Error('The laboratory refuses.')));
    aRelay();
    const incident = await until('the incident is raised', async () => Object.values((await world.state(id)).incidents)[0]);
    const [problem] = (await problems('incident')).filter((row) => row.instanceId === id);
    expect(problem).toMatchObject({ incidentId: incident.incidentId, detail: 'job-failed: call' });
    jobs.delete(id);
    await world.call('p-kang-ning', 'retryIncident', { id, incidentId: incident.incidentId, commandId: randomUUID() });
    await sealed(id);
  });
});
