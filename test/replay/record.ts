/**
 * Records the histories that the replay tests replay: `npm run record-histories`, by hand. What is recorded already stays as it is, because
 * a history stands for the instances that run in hospitals; the next version of a flow is recorded beside it.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { secretsFrom } from '#activities/jobs/http/secrets.ts';
import { httpHandlers } from '#activities/jobs/index.ts';
import { JobError } from '#activities/jobs/jobs.ts';
import { runJobBy } from '#activities/jobs/run-job.ts';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { isHttpJob } from '#core/bpmn/http-job.ts';
import type { JsonObject } from '#core/json.ts';
import { childIdOf } from '#core/process/called.ts';
import type { Actor } from '#core/process/command.ts';
import { effects } from '#core/process/effects.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import type { CalledActivities, InstanceActivities, InstanceArgument, InstanceResult, RunLimits } from '#workflows/messages.ts';
import { graphOf } from '../support/bpmn.ts';
import { MemoryDoor, recorders } from '../support/memory-door.ts';
import { playedScenario } from '../support/scenario.ts';
import { startFoundation } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { GraphCodec, HISTORIES } from './graph-codec.ts';
import { historyText } from './history-file.ts';
import { RECORDED_JOBS, recordedDiagrams } from './recorded-diagrams.ts';
import { ELEMENTS } from './recorded-elements.ts';

/** The ordinary way of each flow and its dangerous branches. */
const SCENARIOS = {
  consult: [
    '01-happy-path',
    '03-return-for-correction',
    '33-emergency-next-team',
    '34-multidisciplinary',
    '40-issue-blocks-the-end',
    '51-critical-value-escalates',
    '56-amended-after-reading',
    '62-dissent',
    '64-discipline-added',
    '66-late-material',
  ],
  advice: ['01-happy-path', '02-several-turns', '14-referral-authorised-beforehand'],
  referral: [
    '01-happy-path',
    '15-consent-withdrawn',
    '19-redirect',
    '26-no-show',
    '38-cancel-during-treatment',
    '42-emergency-next-hospital',
    '57-campus',
    '69-campus-not-yet-fit',
    '73-campus-cancelled',
  ],
  'student-absence': ['01-happy-path', '02-another-time', '06-consent-withdrawn'],
  'visit-notice': ['01-happy-path', '04-another-time'],
  'follow-up': ['01-happy-path', '02-three-attempts'],
  'drug-delivery': ['01-happy-path', '11-pharmacist-returns-twice', '28-withdrawn-midway', '29-undelivered', '31-recalled'],
  parcel: ['01-happy-path', '02-three-offers-expire-then-the-courier', '12-wrong-code', '14-two-attempts', '20-recalled-on-the-way'],
  volunteer: ['01-happy-path', '07-suspended-and-reinstated'],
  order: [
    '01-happy-path',
    '03-unmapped',
    '05-override',
    '16-device-down',
    '22-critical-value',
    '29-split',
    '30-split-part-withdrawn',
    '31-part-waits-for-the-others',
  ],
  'quality-report': [
    '01-happy-path',
    '08-returned-by-the-city',
    '24-unexplained',
    '25-extension-granted',
    '27-extension-after-the-due-time',
  ],
  'quality-cycle': ['01-happy-path', '02-nobody-obliged'],
  'quality-enquiry': ['01-happy-path', '02-asked-again', '03-unanswered'],
  'sentinel-report': ['01-happy-path', '03-missing-is-an-alarm', '07-crossed'],
  'sentinel-warning': ['01-happy-path', '03-false-alarm', '07-escalated-later', '08-receipts-missing'],
  'sentinel-cycle': ['01-happy-path'],
  'disease-case': ['01-happy-path', '05-returned-by-the-team', '06-excluded'],
  standard: ['01-happy-path', '08-replaces-a-former-version'],
  'standard-adoption': ['01-happy-path', '07-not-adopted-and-helped', '14-superseded-meanwhile'],
} as const;
const SOON_MS = 300;
const TASK_QUEUE = `record-${randomUUID()}`;
const PERSON_ID = 'p-wu-tong';
const REMOTE_WORKER: Actor = { kind: 'system', name: 'job', workerId: 'p-lis-interface' };
const PERSON = { kind: 'person', personId: PERSON_ID, organisationId: 'org-qingling', principals: [`person:${PERSON_ID}`] } as const;

Runtime.install({ logger: new DefaultLogger('ERROR') });
const foundation = await startFoundation({ tell: say });
const CHILD: Actor = { kind: 'system', name: 'child' };
const doors = new Map<string, MemoryDoor>();
const played = new Set<string>();
/** Answers every call. */
const laboratory = createServer((_request, response) => {
  response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'o7' }));
});
await new Promise<void>((resolve) => laboratory.listen(0, '127.0.0.1', resolve));
const laboratoryAddress = `127.0.0.1:${(laboratory.address() as AddressInfo).port}`;
let hasFailed = false;
const runJob = runJobBy({
  ...httpHandlers({ hosts: [laboratoryAddress], responseBytesMax: 10_000, secrets: secretsFrom({}) }),
  async [RECORDED_JOBS.failing]() {
    if (hasFailed) return {};
    hasFailed = true;
    throw new JobError('The printer is off.', { isFinal: true });
  },
});
const connection = await NativeConnection.connect({ address: foundation.temporalAddress });
const { namespace } = foundation;
const dataConverter = { payloadCodecs: [new GraphCodec()] };
const client = new Client({ connection: await Connection.connect({ address: foundation.temporalAddress }), namespace, dataConverter });
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: TASK_QUEUE,
  workflowBundle: { codePath: await bundleWorkflows() },
  activities: { ...recording(), ...recordingCalls() },
  dataConverter,
});

await mkdir(HISTORIES, { recursive: true });
await worker.runUntil(async () => {
  for (const [flow, names] of Object.entries(SCENARIOS)) for (const name of names) await recordScenario(`${flow}-${name}`, flow, name);
  await recordScenario('consult-continued-as-new', 'consult', '01-happy-path', { historyEventsMax: 4_000, updatesMax: 4 });
  for (const [name, variables] of Object.entries(ELEMENTS)) {
    const file = new URL(`../conformance/elements/${name}.bpmn`, import.meta.url);
    await recordElement(name, { xml: await readFile(file, 'utf8'), variables });
  }
  for (const [name, xml] of Object.entries(recordedDiagrams(laboratoryAddress))) await recordElement(name, { xml, variables: {} });
});
laboratory.close();
await connection.close();
await foundation.stop();
process.exit(0);

/** Jobs that are done as in a worker of the product; others are recorded and done at once. */
function isRunHere(jobType: string): boolean {
  return isHttpJob(jobType) || Object.hasOwn(RECORDED_JOBS, jobType);
}

function recording(): InstanceActivities {
  const live = recorders(doors);
  const playback = recorders(doors, { isPlayback: true });
  const of = ({ instanceId }: { readonly instanceId: string }): InstanceActivities => (played.has(instanceId) ? playback : live);
  return {
    fireTimer: (input) => of(input).fireTimer(input),
    runJob: (input) => (isRunHere(input.jobType) ? runJob(input) : of(input).runJob(input)),
    offerJob: (input) => of(input).offerJob(input),
    completeJob: (input) => of(input).completeJob(input),
    failJob: (input) => of(input).failJob(input),
    seal: (input) => of(input).seal(input),
  };
}

/** A call starts and ends another recorded instance, and is told by it. */
function recordingCalls(): CalledActivities {
  const doorOf = (instanceId: string): MemoryDoor => {
    const door = doors.get(instanceId);
    if (!door) throw new Error(`Nobody records the instance ${instanceId}.`);
    return door;
  };
  return {
    async startChild(call) {
      const caller = doorOf(call.instanceId);
      const wanted = caller.state?.children[call.effectId];
      const instanceId = childIdOf(call);
      // Of a scenario that is played back the called process comes with its commands.
      if (!wanted || doors.has(instanceId) || played.has(call.instanceId)) return;
      const { calledProcessId: processId, variables } = wanted;
      const door = new MemoryDoor(caller.graph, { instanceId });
      door.submit(CHILD, { type: 'start', instanceId, processId, variables, calledBy: call });
      await start(door);
      void door.tell();
    },
    async cancelChild(call) {
      doors.get(childIdOf(call))?.report(CHILD, { type: 'instance.cancel', reason: 'The calling activity was ended.' });
    },
    async tellCaller({ to, body }) {
      doorOf(to.instanceId).report(CHILD, body);
    },
  };
}

async function recordScenario(name: string, flow: string, scenario: string, limits?: RunLimits): Promise<void> {
  if (isRecorded(name)) return;
  const { door, commands } = await playedScenario(flow, scenario);
  played.add(door.instanceId);
  const handle = await start(door, limits);
  for (const command of commands) {
    door.append(command);
    const answer = await door.tell();
    if (answer?.kind !== 'confirmed') throw new Error(`${name}: ${JSON.stringify(answer)}`);
  }
  // A branch that goes on is kept as it stands: most instances in a hospital are open.
  if (door.state?.status !== 'active') await handle.result();
  await keep(name, door);
}

interface Recorded {
  readonly xml: string;
  readonly variables: JsonObject;
}

async function recordElement(element: string, { xml, variables }: Recorded): Promise<void> {
  const name = `element-${element}`;
  if (isRecorded(name)) return;
  const graph = await graphOf(xml, element);
  const door = new MemoryDoor(graph);
  begin(door, variables, new Date(Date.now() - leadMs(graph, variables)));
  const handle = await start(door);
  await door.tell();
  while (door.state?.status === 'active') {
    const seen = progressOf(door);
    if (act(door)) await door.tell();
    else await until(`${element} moves on`, () => progressOf(door) > seen);
  }
  await handle.result();
  await keep(name, door);
  for (const [instanceId, called] of doors) {
    if (called.state?.calledBy?.instanceId !== door.instanceId) continue;
    await client.workflow.getHandle(instanceId).result();
    await keep(`${name}-called`, called);
  }
}

function progressOf({ steps, calls }: MemoryDoor): number {
  return steps.length + calls.length;
}

function begin(door: MemoryDoor, variables: JsonObject, at: Date): void {
  const [processId = ''] = Object.keys(door.graph.processes);
  door.submit(PERSON, { type: 'start', instanceId: door.instanceId, processId, variables }, at.toISOString());
}

/** How long ago an instance must have begun for its first timer to be due in a moment. */
function leadMs(graph: ProcessGraph, variables: JsonObject): number {
  const at = new Date();
  const rehearsal = new MemoryDoor(graph);
  begin(rehearsal, variables, at);
  const [first] = rehearsal.state ? effects(graph, rehearsal.state).filter((effect) => effect.kind === 'timer') : [];
  return first?.kind === 'timer' ? Date.parse(first.due) - at.getTime() - SOON_MS : 0;
}

/** Decides one open task, or brings what else is waited for from outside; false when only time or a job can go on. */
function act(door: MemoryDoor): boolean {
  return actOnTasks(door) || actOnJobs(door);
}

/** A remote worker fails once, and an operator has tried again what failed for good. */
function actOnJobs(door: MemoryDoor): boolean {
  const [incident] = Object.values(door.state?.incidents ?? {});
  if (incident) {
    door.submit(PERSON, { type: 'incident.retry', incidentId: incident.incidentId });
    return true;
  }
  const offers = door.calls.flatMap((call) => (call.name === 'offerJob' ? [call.input.effectId] : []));
  const effectId = offers.find((id) => door.state?.jobs[id]);
  if (effectId === undefined) return false;
  if (offers.length === 1) door.submit(REMOTE_WORKER, { type: 'job.fail', effectId, message: 'No paper.', retriesLeft: 1 });
  else door.submit(REMOTE_WORKER, { type: 'job.complete', effectId, variables: { labels: 1 } });
  return true;
}

function actOnTasks(door: MemoryDoor): boolean {
  const { state, graph } = door;
  const hasTimer = Object.keys(state?.timers ?? {}).length > 0;
  const task = Object.values(state?.tasks ?? {})[0];
  // A timer at the task fires once before the task is decided.
  const isGuarded =
    door.steps.length === 1 && task !== undefined && Object.values(state?.timers ?? {}).some((timer) => timer.key === task.key);
  if (task && !isGuarded) {
    const element = graph.elements[task.elementId];
    const outcome = element?.elementType === 'userTask' ? element.outcomes[0]?.code : undefined;
    const personId = task.assignee ?? PERSON_ID;
    const actor: Actor = { ...PERSON, personId, principals: [`person:${personId}`, ...task.candidates] };
    if (!task.assignee) door.submit(actor, { type: 'task.claim', taskId: task.taskId });
    door.submit(actor, { type: 'task.complete', taskId: task.taskId, facts: {}, ...(outcome && { outcome }) });
    return true;
  }
  const subscription = Object.values(state?.subscriptions ?? {}).find(({ kind }) => kind !== 'condition');
  if (!subscription || (task && hasTimer)) return false;
  if (subscription.kind === 'signal') {
    door.submit({ kind: 'system', name: 'message' }, { type: 'signal.deliver', signalName: subscription.name, variables: {} });
    return true;
  }
  const { name: messageName, correlationKey } = subscription;
  door.submit(
    { kind: 'system', name: 'message' },
    { type: 'message.deliver', messageName, variables: {}, ...(correlationKey && { correlationKey }) },
  );
  return true;
}

async function start(door: MemoryDoor, limits?: RunLimits) {
  doors.set(door.instanceId, door);
  const argument: InstanceArgument = { instanceId: door.instanceId, salt: door.salt, semantics: SEMANTICS, ...(limits && { limits }) };
  await client.workflow.start<() => Promise<InstanceResult>>(door.graph.key, {
    workflowId: door.instanceId,
    taskQueue: TASK_QUEUE,
    args: [{ graphHash: '0'.repeat(64), graph: door.graph }, argument] as never,
  });
  const handle = client.workflow.getHandle<() => Promise<InstanceResult>>(door.instanceId);
  door.follow(handle);
  return handle;
}

/** All runs of an instance; the first is the one without a number. */
async function keep(name: string, door: MemoryDoor): Promise<void> {
  const seal = door.calls.find((call) => call.name === 'seal');
  const runIds = seal?.name === 'seal' ? seal.input.runIds : [(await client.workflow.getHandle(door.instanceId).describe()).runId];
  for (const [index, runId] of runIds.entries()) {
    const history = await client.workflow.getHandle(door.instanceId, runId).fetchHistory();
    await writeFile(fileOf(index === 0 ? name : `${name}-${index + 1}`), historyText(history));
  }
  say(`${name}: ${runIds.length} run(s), ${door.steps.length} steps`);
}

function fileOf(name: string): string {
  return path.join(HISTORIES, `${name}.json`);
}

function isRecorded(name: string): boolean {
  return existsSync(fileOf(name));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
