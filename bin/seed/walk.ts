/** Takes the sample instances through the product as their people would: over HTTP, signed in, one act after the other. */
import { randomUUID } from 'node:crypto';
import type { CommandAnswer, ErrorView, FileView, InstanceView, ServiceFormView, TaskView } from '#api/views.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { fileIdOf, fileUrl } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { ApiClient, ApiError } from '../api-client.ts';
import type { Act } from './acts.ts';
import type { Ask } from './give-master-data.ts';
import type { SampleInstance } from './instances.ts';
import { personOf } from './people.ts';
import { respond, TO_UPLOAD } from './respond.ts';
import { smallPdf } from './small-pdf.ts';

export interface Walker {
  walk(sample: SampleInstance): Promise<Walked>;
  readonly ask: Ask;
  /** One more act in an instance; false where the task that it is about is not open. */
  act(instanceId: string, act: Act): Promise<boolean>;
}

export interface Walked {
  readonly instanceId: string;
  readonly number: string;
}

export function createWalker(baseUrl: string): Walker {
  const clients = new Map<string, Promise<ApiClient>>();
  const as = (personId: string): Promise<ApiClient> => {
    const known = clients.get(personId);
    if (known) return known;
    const client = new ApiClient(baseUrl);
    const made = client.signIn(personOf(personId).signInName).then(() => client);
    clients.set(personId, made);
    return made;
  };
  return {
    ask: async (personId, method, path, body) => {
      const client = await as(personId);
      if (method === 'GET') return client.get(path);
      return method === 'PUT' ? client.put(path, body) : client.post(path, body ?? {});
    },
    async walk(sample) {
      const applicant = await as(sample.by);
      const service = await applicant.get<ServiceFormView>(`/api/services/${sample.service}`);
      // Ids follow from the sample, so a walk that was interrupted goes on where it stopped.
      const { instanceId, number } = await applicant.post<CommandAnswer>('/api/instances', {
        commandId: commandIdOf('sample', sample.id),
        serviceKey: sample.service,
        formHash: service.form.hash,
        response: await uploaded(applicant, respond(service.form.questionnaire, sample.application, sample.by)),
      });
      for (const [index, act] of sample.acts.entries())
        await perform(await as(act.by), instanceId, act, commandIdOf('sample', sample.id, index));
      return { instanceId, number };
    },
    act: async (instanceId, act) => perform(await as(act.by), instanceId, act, randomUUID()),
  };
}

/** With its files on the server, sent by whoever answers. */
async function uploaded(client: ApiClient, response: QuestionnaireResponse): Promise<QuestionnaireResponse> {
  const file = async (value: AnswerValue): Promise<AnswerValue> => {
    const { valueAttachment } = value;
    if (fileIdOf(valueAttachment?.url) !== TO_UPLOAD) return value;
    const body = new FormData();
    body.append('file', new File([Uint8Array.from(smallPdf())], valueAttachment?.title ?? 'file.pdf'));
    const { id } = await client.post<FileView>('/api/files', body);
    return { valueAttachment: { ...valueAttachment, url: fileUrl(id) } };
  };
  const items = (all: readonly ResponseItem[]): Promise<readonly ResponseItem[]> =>
    Promise.all(
      all.map(async (item) => ({
        ...item,
        ...(item.answer && { answer: await Promise.all(item.answer.map(file)) }),
        ...(item.item && { item: await items(item.item) }),
      })),
    );
  return { ...response, item: await items(response.item ?? []) };
}

async function perform(client: ApiClient, instanceId: string, act: Act, commandId: string): Promise<boolean> {
  const instance = `/api/instances/${instanceId}`;
  if ('comments' in act) await client.post(`${instance}/comments`, { commandId, text: act.comments });
  else if ('copies' in act) await client.post(`${instance}/cc`, { commandId, personIds: act.copies, ...(act.text && { text: act.text }) });
  else if ('sends' in act) await client.post(`${instance}/actions/${act.sends}`, { commandId, ...reasonOf(act) });
  else {
    const task = await openTask(client, instance, 'claims' in act ? act.claims : act.does, act.by);
    if (!task) return false;
    const path = `${instance}/tasks/${task.taskId}`;
    if (!task.isMine) await client.post(`${path}/claim`, { commandId: randomUUID() });
    if ('claims' in act) return true;
    const { form } = await client.get<TaskView>(path);
    const answered = form && act.answers && { formHash: form.hash, response: respond(form.questionnaire, act.answers, act.by) };
    await client.post(`${path}/complete`, { commandId, outcome: act.outcome, ...reasonOf(act), ...answered }).catch(passWhenDone);
  }
  return true;
}

const reasonOf = ({ reason, reasonCode }: { readonly reason?: string; readonly reasonCode?: string }) => ({
  ...(reason && { reason }),
  ...(reasonCode && { reasonCode }),
});

/** The same act of an earlier, interrupted walk stood at an earlier task of this element. */
function passWhenDone(error: unknown): void {
  if (error instanceof ApiError && (error.answer.body as Partial<ErrorView>).code === 'command-reused') return;
  throw error;
}

/** Of several tasks on one element (experts of a round) the person's own; none when an earlier walk did it already. */
async function openTask(
  client: ApiClient,
  instance: string,
  elementId: string,
  personId: string,
): Promise<{ taskId: string; isMine: boolean } | null> {
  const { header } = await client.get<InstanceView>(instance);
  const open = header.waitingFor.filter(
    (waiting) => waiting.elementId === elementId && (waiting.assignee === null || waiting.assignee.id === personId),
  );
  const mine = open.find((waiting) => waiting.assignee !== null) ?? open[0];
  return mine?.taskId ? { taskId: mine.taskId, isMine: mine.assignee !== null } : null;
}
