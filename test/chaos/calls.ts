/** Instances that call a process and come to their end by themselves: applied for over HTTP, as a person does. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { ServiceFormView } from '#api/views.ts';
import { openDatabase } from '#db/database.ts';
import { diagramXml, endEvent, smallProcess, startEvent } from '../support/bpmn.ts';
import { deployDiagram, PROBE_RESPONSE } from '../support/probe.ts';
import type { Stack } from '../support/stack.ts';

const SERVICE = 'calling';
const APPLICANT = 'wutong';

const CALL =
  '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="called"/></bpmn:extensionElements></bpmn:callActivity>';
const DIAGRAM = diagramXml(
  smallProcess('p', `${startEvent}${CALL}${endEvent()}`, 'start > call > end'),
  smallProcess('called', '<bpmn:startEvent id="begun"/><bpmn:endEvent id="done"/>', 'begun > done'),
);

export async function deployCalls({ ownerUrl }: Stack): Promise<void> {
  const db = openDatabase({ url: ownerUrl, connectionsMax: 1, applicationName: 'chaos' });
  await deployDiagram({ db }, SERVICE, DIAGRAM);
  await db.destroy();
}

export async function startCalls(stack: Stack, count: number): Promise<void> {
  const client = await stack.signIn(APPLICANT);
  const { form } = await client.get<ServiceFormView>(`/api/services/${SERVICE}`);
  for (let started = 0; started < count; started += 1) {
    await client.post('/api/instances', { commandId: randomUUID(), serviceKey: SERVICE, formHash: form.hash, response: PROBE_RESPONSE });
  }
}

export interface CallSeen {
  readonly status: string;
  /** Processes that were started for it, and how often it heard of their end. */
  readonly called: number;
  readonly heard: number;
}

export async function readCalls({ ownerUrl }: Stack): Promise<readonly CallSeen[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<CallSeen>(
      `select i.status, (select count(*) from instance c where c.caller_id = i.id)::int as called,
        (select count(*) from step s where s.instance_id = i.id and s.command_type = 'child.complete')::int as heard
      from instance i where i.service_key = $1 and i.caller_id is null`,
      [SERVICE],
    );
    return rows;
  } finally {
    await client.end();
  }
}
