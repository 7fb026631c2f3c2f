/** Rights on fields, through the door: what is kept from somebody leaves by no way, and comes back by none. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { type HttpRequest, httpRequest, OPERATION_NAMES, REQUEST_FIELDS, type RequestTarget } from '#test/support/api-requests.ts';
import { aGuarded, answers, deployGuarded, GUARDED, text } from '#test/support/guarded-flow.ts';
import { aWorld, type World } from '#test/support/world.ts';

const { applicant, executor, manager, secret, secrets, phone, said } = GUARDED;
const MASKED = '139••••5678';

let world: World;
let guarded: Awaited<ReturnType<typeof aGuarded>>;
let fileId: string;
const callers = new Map<string, ApiCaller>();

beforeAll(async () => {
  world = await aWorld();
  await deployGuarded(world);
  for (const personId of [applicant, executor, manager, 'p-ye-zhou', 'p-dong-liang']) callers.set(personId, await world.signIn(personId));
  fileId = await upload(applicant, '金丝雀.pdf');
  guarded = await aGuarded(world, fileId);
  await world.call(manager, 'comment', { id: guarded.id, commandId: randomUUID(), text: said, mentions: [executor] });
});
afterAll(() => world.stop());

function by(personId: string): ApiCaller {
  const caller = callers.get(personId);
  if (!caller) throw new Error(`${personId} is not signed in.`);
  return caller;
}

async function upload(personId: string, name: string): Promise<string> {
  const form = new FormData();
  form.append('file', new File([`%PDF-1.7 ${secret}`], name));
  return (await by(personId).request('POST', '/api/files', { body: form })).body.id;
}

const taskOf = async (personId: string, elementId: string, instance = guarded) =>
  world.call(personId, 'task', { id: instance.id, taskId: await instance.taskAt(elementId) });

const another = async () => aGuarded(world, await upload(applicant, '金丝雀.pdf'));

const complete = async (personId: string, elementId: string, instance: typeof guarded, ...item: readonly object[]) =>
  by(personId).post(`/api/instances/${instance.id}/tasks/${await instance.taskAt(elementId)}/complete`, {
    commandId: randomUUID(),
    formHash: instance.formHash,
    response: answers(...item),
  });

/** The last submission as somebody to whom nothing is closed reads it. */
async function stored(instance: typeof guarded) {
  const { submissions } = await world.call(manager, 'instance', { id: instance.id });
  return submissions.at(-1)?.response;
}

describe('a task of somebody to whom fields are closed', () => {
  it('shows what they may see: nothing of what is hidden, a placeholder for what is masked', async () => {
    const { form, response, instance, submissions } = await taskOf(executor, 'look');
    const items = form?.questionnaire.item ?? [];
    expect(items.map(({ linkId }) => linkId)).toEqual(['name', 'phone', 'photo', 'note', 'remark', 'because']);
    expect(items.find(({ linkId }) => linkId === 'phone')).toMatchObject({ type: 'string', readOnly: true });
    expect(items.find(({ linkId }) => linkId === 'remark')?.required).toBe(true);
    expect(response?.item).toMatchObject([
      text('name', '王小明'),
      text('phone', MASKED),
      text('note', '原来的备注'),
      text('because', '有缘由'),
    ]);
    expect(submissions[0]?.response.item).toMatchObject([
      text('name', '王小明'),
      text('phone', MASKED),
      { linkId: 'note' },
      { linkId: 'because' },
    ]);
    expect(instance.patient?.idTail).toBe('5678');
  });

  it('shows everything to whoever may see it', async () => {
    const { submissions } = await world.call(applicant, 'instance', { id: guarded.id });
    for (const each of secrets) expect(JSON.stringify(submissions)).toContain(each);
  });
});

describe('what is sent', () => {
  it('is made whole with what its sender may not see or change, whatever they sent in its place', async () => {
    const instance = await another();
    const forged = [
      text('name', '王小明'),
      text('phone', MASKED),
      text('secret', '换掉'),
      text('note', '改掉'),
      text('remark', '同意'),
      { linkId: 'closed', item: [{ linkId: 'file', answer: [{ valueAttachment: { url: `file:${await upload(executor, '假.pdf')}` } }] }] },
    ];
    expect((await complete(executor, 'look', instance, ...forged)).status).toBe(200);
    const response = await stored(instance);
    expect(response?.item).toMatchObject([
      text('name', '王小明'),
      text('phone', phone),
      text('secret', secret),
      { linkId: 'verdict', answer: [{ valueCoding: { code: 'canary-verdict' } }] },
      { linkId: 'closed', item: [{ linkId: 'file', answer: [{ valueAttachment: { title: '金丝雀.pdf' } }] }] },
      text('note', '原来的备注'),
      text('remark', '同意'),
    ]);
    expect((await world.state(instance.id)).elements[1]?.variables.verdict).toBe('canary-verdict');
  });

  it('is asked for what this step requires, and for nothing that is hidden here', async () => {
    const instance = await another();
    const { status, body } = await complete(executor, 'look', instance, text('name', '王小明'));
    expect([status, body.code, body.issues]).toMatchObject([422, 'form-invalid', [{ code: 'required', linkId: 'remark' }]]);
  });

  it('stores no placeholder, also where somebody may write', async () => {
    const instance = await another();
    const masked = { url: 'https://bihuan.dev/fhir/StructureDefinition/masked', valueBoolean: true };
    const placed = { linkId: 'name', answer: [{ valueString: '•••', extension: [masked] }] };
    const { body } = await complete(executor, 'look', instance, placed, text('remark', '同意'));
    expect(body.issues).toMatchObject([{ code: 'required', linkId: 'name' }]);
  });

  it('attaches no file that its sender may not see', async () => {
    const instance = await another();
    const { files } = await world.call(manager, 'instance', { id: instance.id });
    const stolen = { linkId: 'photo', answer: [{ valueAttachment: { url: `file:${files[0]?.id}` } }] };
    const { status, body } = await complete(executor, 'look', instance, text('name', '王小明'), text('remark', '同意'), stolen);
    expect([status, body.code]).toEqual([422, 'unknown-file']);
  });
});

describe('what people say', () => {
  const commentsFor = async (personId: string) =>
    (await world.call(personId, 'instance', { id: guarded.id })).comments.map(({ text: words }) => words);

  it('is read whole by whoever may see what it quotes, and by its author', async () => {
    expect(await commentsFor(applicant)).toEqual([said]);
    expect(await commentsFor(manager)).toEqual([said]);
  });

  it('has a placeholder where it quotes an answer that its reader may not see', async () => {
    const shown = ['他说：•••；电话 •••；•••（•••），见•••'];
    expect(await commentsFor(executor)).toEqual(shown);
    expect((await taskOf(executor, 'look')).comments.map(({ text: words }) => words)).toEqual(shown);
  });

  it('is kept back as well where it is the reason of a decision or of a suspension', async () => {
    const instance = await another();
    await complete(executor, 'look', instance, text('name', '王小明'), text('remark', '同意'));
    await world.call('p-kang-ning', 'suspendInstance', { id: instance.id, commandId: randomUUID(), reason: said });
    const { header, timeline } = await world.call(executor, 'instance', { id: instance.id });
    expect(header.suspended?.reason).toBe('他说：•••；电话 •••；•••（•••），见•••');
    for (const each of secrets) expect(JSON.stringify([header, timeline])).not.toContain(each);
  });
});

describe('a list', () => {
  it('is the same for everybody, so that nothing is in a title that is kept from anybody', async () => {
    const { rows } = await world.call(executor, 'inbox', { list: 'todo' });
    expect(rows.find(({ instanceId }) => instanceId === guarded.id)?.title).toMatchObject({ 'zh-CN': '受限' });
    const { header } = await world.call(applicant, 'instance', { id: guarded.id });
    expect(header.title).toMatchObject({ 'zh-CN': '受限' });
  });
});

describe('another form of the flow', () => {
  const onward = async (personId: string) => {
    const instance = await another();
    await complete(executor, 'look', instance, text('name', '王小明'), text('remark', '同意'));
    const decided = await world.call(manager, 'task', { id: instance.id, taskId: await instance.taskAt('decide') });
    expect((await complete(manager, 'decide', instance, ...(decided.response?.item ?? []))).status).toBe(200);
    return world.call(personId, 'task', { id: instance.id, taskId: await instance.taskAt('onward') });
  };

  it('begins with nothing that is kept from whoever fills it in: no fact, under no other name, nothing of the patient', async () => {
    const { form, response } = await onward(executor);
    expect(form?.questionnaire.item?.map(({ linkId }) => linkId)).toEqual(['copied', 'renamed', 'identifier', 'name']);
    expect(response?.item ?? []).toEqual([]);
  });
});

describe('a draft', () => {
  it('holds nothing but what is its author’s, and opens with the rest in its place', async () => {
    const instance = await another();
    const taskId = await instance.taskAt('look');
    const { response } = await taskOf(executor, 'look', instance);
    const saved = await by(executor).put('/api/drafts', {
      scope: { kind: 'task', instanceId: instance.id, taskId },
      formHash: instance.formHash,
      version: 0,
      response: { ...response, item: [...(response?.item ?? []), text('remark', '写到一半'), text('secret', '换掉')] },
    });
    expect(saved.status).toBe(200);
    const read = (await by(executor).get(`/api/drafts/${saved.body.id}`)).body;
    const whole = [
      text('name', '王小明'),
      text('phone', MASKED),
      text('note', '原来的备注'),
      text('remark', '写到一半'),
      text('because', '有缘由'),
    ];
    expect(read.response.item).toMatchObject(whole);
    expect((await taskOf(executor, 'look', instance)).response?.item).toMatchObject(whole);
    expect((await complete(executor, 'look', instance, ...read.response.item)).status).toBe(200);
    expect(JSON.stringify(await stored(instance))).not.toContain('•••');
  });
});

describe('observations', () => {
  it('are made of what their reader may see', async () => {
    const of = async (personId: string) => (await world.call(personId, 'observations', { id: guarded.id })).entry;
    expect(JSON.stringify(await of(applicant))).toContain('canary-verdict');
    expect(await of(executor)).toEqual([]);
  });
});

describe('a reader', () => {
  it('who is an auditor sees what auditors may, also among the variables of a moment', async () => {
    const moment = await world.call('p-ye-zhou', 'auditMoment', { id: guarded.id, seq: 1 });
    expect(JSON.stringify(moment.submissions)).toContain(secret);
    expect(JSON.stringify(moment)).not.toContain('canary-verdict');
    expect(moment.variables).not.toHaveProperty('verdict');
  });

  it('does not see more by opening somebody else’s task', async () => {
    const { submissions } = await taskOf(manager, 'look');
    expect(JSON.stringify(submissions)).toContain(secret);
    const decided = await another();
    await complete(executor, 'look', decided, text('name', '王小明'), text('remark', '同意'));
    const seen = JSON.stringify(await taskOf(executor, 'decide', decided));
    for (const each of secrets) expect(seen).not.toContain(each);
  });

  it('with a copy sees no more than whoever is closed out of every step', async () => {
    await world.call(executor, 'sendCopy', { id: guarded.id, commandId: randomUUID(), personIds: ['p-dong-liang'] });
    const { text: seen, status } = await by('p-dong-liang').get(`/api/instances/${guarded.id}`);
    expect(status).toBe(200);
    for (const each of secrets) expect(seen).not.toContain(each);
  });
});

describe.each(['p-ren-jie', 'p-dong-liang'])('%s, to whom fields are closed', (personId) => {
  const send = ({ method, path, body }: HttpRequest) => by(personId).request(method, path, { ...(body && { body }) });

  it.each(OPERATION_NAMES)('learns nothing of them from %s', async (name) => {
    const draft = await by(personId).put('/api/drafts', {
      scope: { kind: 'service', serviceKey: 'guarded' },
      formHash: guarded.formHash,
      version: 0,
      response: answers(text('name', '王小明')),
    });
    const target: RequestTarget = {
      instanceId: guarded.id,
      taskId: await guarded.taskAt('look'),
      draftId: draft.body.id,
      graphHash: (await world.instance(guarded.id)).graphHash,
      formHash: guarded.formHash,
    };
    const answer = await send(httpRequest(name, REQUEST_FIELDS[name](target)));
    expect(answer.status).not.toBe(500);
    for (const each of secrets) expect(answer.text).not.toContain(each);
  });

  it('does not get their files', async () => {
    const answer = await by(personId).get(`/api/files/${fileId}`);
    expect([answer.status, answer.body]).toEqual([404, { code: 'not-found' }]);
    expect((await by(manager).get(`/api/files/${fileId}`)).status).toBe(200);
  });
});
