/**
 * Records the histories that the replay tests replay: `npm run record-histories`, by hand. What is recorded already stays as it is, because
 * a history stands for the instances that run in hospitals; the next version of a flow is recorded beside it.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { Actor } from '#core/process/command.ts';
import { effects } from '#core/process/effects.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import type { InstanceActivities, InstanceArgument, InstanceResult, RunLimits } from '#workflows/messages.ts';
import { graphOf } from '../support/bpmn.ts';
import { MemoryDoor, recorders } from '../support/memory-door.ts';
import { playedScenario } from '../support/scenario.ts';
import { startFoundation } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { GraphCodec, HISTORIES } from './graph-codec.ts';
import { historyText } from './history-file.ts';

/** The ordinary way of the consult and its dangerous branches. */
const SCENARIOS = [
  '01-happy-path',
  '03-return-for-correction',
  '33-emergency-next-team',
  '34-multidisciplinary',
  '40-issue-blocks-the-end',
];
/** One small flow for each kind of element. */
const ELEMENTS: Readonly<Record<string, JsonObject>> = {
  'event-based-gateway': {},
  'exclusive-gateway': { n: 11 },
  'inclusive-gateway': { x: true, y: true },
  'link-events': {},
  'message-boundary-non-interrupting': {},
  'multi-instance-parallel': { voters: ['a', 'b'] },
  'multi-instance-sequential': { items: [1, 2, 3], total: 0 },
  'multi-instance-sub-process': { items: [2, 3] },
  'parallel-gateway': {},
  'script-task': { n: 2 },
  'send-task-job': { text: 'hi' },
  'service-task': { orderId: 'o7' },
  'sub-process': { n: 1 },
  'terminate-end': {},
  'timer-boundary-cycle': {},
  'timer-boundary-interrupting': { limit: 'PT2H' },
  'timer-intermediate': {},
  'user-task': { kind: 'blood' },
  'ad-hoc-completion-condition': {},
  'ad-hoc-sequential': {},
  'compensation-event-sub-process': {},
  'compensation-in-reverse-by-people': {},
  'compensation-of-a-sub-process': {},
  'completion-quantity': {},
  'complex-gateway-discriminator': {},
  'complex-gateway-second-phase': {},
  'conditional-boundary-non-interrupting': {},
  'conditional-intermediate': { n: 1 },
  'data-associations': { order: 21 },
  'escalation-boundary-interrupting': {},
  'escalation-boundary-non-interrupting': {},
  'event-sub-process-conditional': { n: 2 },
  'event-sub-process-error': {},
  'event-sub-process-escalation': {},
  'event-sub-process-timer-cycle': {},
  'implicit-start': {},
  'multi-instance-behavior-one': {},
  'multiple-intermediate': {},
  'standard-loop-after': { n: 5 },
  'standard-loop-before': { n: 1 },
  'start-quantity': {},
  'transaction-cancelled': {},
};
const SOON_MS = 300;
const TASK_QUEUE = `record-${randomUUID()}`;
const PERSON_ID = 'p-wu-tong';
const PERSON = { kind: 'person', personId: PERSON_ID, organisationId: 'org-qingling', principals: [`person:${PERSON_ID}`] } as const;

Runtime.install({ logger: new DefaultLogger('ERROR') });
const foundation = await startFoundation({ tell: say });
const doors = new Map<string, MemoryDoor>();
const played = new Set<string>();
const connection = await NativeConnection.connect({ address: foundation.temporalAddress });
const { namespace } = foundation;
const dataConverter = { payloadCodecs: [new GraphCodec()] };
const client = new Client({ connection: await Connection.connect({ address: foundation.temporalAddress }), namespace, dataConverter });
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: TASK_QUEUE,
  workflowBundle: { codePath: await bundleWorkflows() },
  activities: recording(),
  dataConverter,
});

await mkdir(HISTORIES, { recursive: true });
await worker.runUntil(async () => {
  for (const name of SCENARIOS) await recordScenario(`consult-${name}`, name);
  await recordScenario('consult-continued-as-new', '01-happy-path', { historyEventsMax: 4_000, updatesMax: 4 });
  for (const [name, variables] of Object.entries(ELEMENTS)) await recordElement(name, variables);
});
await connection.close();
await foundation.stop();
process.exit(0);

function recording(): InstanceActivities {
  const live = recorders(doors);
  const playback = recorders(doors, { isPlayback: true });
  const of = ({ instanceId }: { readonly instanceId: string }): InstanceActivities => (played.has(instanceId) ? playback : live);
  return {
    fireTimer: (input) => of(input).fireTimer(input),
    runJob: (input) => of(input).runJob(input),
    offerJob: (input) => of(input).offerJob(input),
    completeJob: (input) => of(input).completeJob(input),
    failJob: (input) => of(input).failJob(input),
    seal: (input) => of(input).seal(input),
  };
}

async function recordScenario(name: string, scenario: string, limits?: RunLimits): Promise<void> {
  if (isRecorded(name)) return;
  const { door, commands } = await playedScenario('consult', scenario);
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

async function recordElement(element: string, variables: JsonObject): Promise<void> {
  const name = `element-${element}`;
  if (isRecorded(name)) return;
  const file = new URL(`../conformance/elements/${element}.bpmn`, import.meta.url);
  const graph = await graphOf(await readFile(file, 'utf8'), element);
  const door = new MemoryDoor(graph);
  begin(door, variables, new Date(Date.now() - leadMs(graph, variables)));
  const handle = await start(door);
  await door.tell();
  while (door.state?.status === 'active') {
    const { length } = door.steps;
    if (act(door)) await door.tell();
    else await until(`${element} moves on`, () => door.steps.length > length);
  }
  await handle.result();
  await keep(name, door);
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

/** Decides one open task, or brings one message that is waited for; false when only time or a job can go on. */
function act(door: MemoryDoor): boolean {
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
  const subscription = Object.values(state?.subscriptions ?? {}).find((candidate) => candidate.kind === 'message');
  if (!subscription || (task && hasTimer)) return false;
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
