/** Standards over HTTP, through door, relay, matcher, Temporal and the product's own jobs: from the draft to members that adopt it, and to the version that supersedes it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretsFrom } from '#activities/jobs/http/secrets.ts';
import { createJobHandlers } from '#activities/jobs/index.ts';
import type { StandardBoard, StandardView } from '#api/views/standards.ts';
import type { TaskView } from '#api/views.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { Beginnings } from '#engine/beginnings.ts';
import { Processes } from '#engine/processes.ts';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aShell, type Shell } from '#test/support/shell.ts';
import { until } from '#test/support/until.ts';
import { aWorld, type World } from '#test/support/world.ts';

const [DRAFTER, EXPERT, MANAGER, CONTROLLER] = ['p-shen-yi', 'p-luo-qing', 'p-he-jing', 'p-tang-min'] as const;
const [SHITAN, LUYUAN, STRANGER] = ['p-shitan-head', 'p-luyuan-head', 'p-qingling-head'] as const;
/** General hospitals of counties in the sample network. */
const COUNTY = ['org-luyuan', 'org-shitan', 'org-taohe'];

let world: World;
let shell: Shell;
const callers = new Map<string, ApiCaller>();
beforeAll(async () => {
  world = await aWorld();
  const http = { hosts: [], responseBytesMax: 1_000, secrets: secretsFrom({}) };
  const processes = new Processes(world);
  const beginnings = new Beginnings({ ...world, processes });
  shell = await aShell(world, { jobs: createJobHandlers({ db: world.db, keys: world.keys, beginnings, processes, http }) });
  for (const personId of [DRAFTER, EXPERT, MANAGER, CONTROLLER, SHITAN, LUYUAN, STRANGER])
    callers.set(personId, await world.signIn(personId));
});
afterAll(async () => {
  await shell.stop();
  await world.stop();
});

type Answers = Readonly<Record<string, readonly AnswerValue[]>>;
const code = (...values: readonly string[]): readonly AnswerValue[] => values.map((value) => ({ valueCoding: { code: value } }));
const text = (value: string): readonly AnswerValue[] => [{ valueString: value }];
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const by = (personId: string): ApiCaller => {
  const caller = callers.get(personId);
  if (!caller) throw new Error(`${personId} is not signed in.`);
  return caller;
};
const ok = async (answer: ReturnType<ApiCaller['get']>) => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};

async function anUpload(personId: string, name: string): Promise<string> {
  const body = new FormData();
  body.append('file', new File(['%PDF-1.7 text of the standard'], name));
  return (await by(personId).request('POST', '/api/files', { body })).body.id;
}

interface Draft {
  readonly version: string;
  readonly fileId: string;
  readonly replaces?: string;
}
const draftAnswers = ({ version, fileId, replaces }: Draft): Answers => ({
  'standard.title': text('手卫生技术规范'),
  'standard.number': text('LJ-2026-01'),
  'standard.version': text(version),
  'standard.scope': text('各级各类成员医院的临床科室'),
  'standard.kind': code('operation'),
  'standard.effective': [{ valueDate: inDays(10) }],
  'standard.hasTraining': [{ valueBoolean: true }],
  'standard.training': text('云课堂：手卫生'),
  'standard.body': [{ valueAttachment: { url: `file:${fileId}`, title: '手卫生技术规范.pdf', contentType: 'application/pdf', size: 29 } }],
  ...(replaces === undefined ? {} : { 'standard.replaces': [{ valueReference: { reference: `DocumentReference/${replaces}` } }] }),
});

async function drafted(draft: Draft): Promise<string> {
  const { form } = await ok(by(DRAFTER).get('/api/services/standard'));
  const response = fillForm(form.questionnaire, { personId: DRAFTER, answers: draftAnswers(draft) });
  const body = { commandId: randomUUID(), serviceKey: 'standard', formHash: form.hash, response };
  return (await ok(by(DRAFTER).post('/api/instances', body))).instanceId;
}

/** Claims the open task of the element and decides it, as a browser would. */
async function act(
  personId: string,
  instanceId: string,
  elementId: string,
  { outcome, reason, answers = {} }: { readonly outcome: string; readonly reason?: string; readonly answers?: Answers },
): Promise<void> {
  const state = await shell.reached(instanceId, `${elementId} is open`, ({ tasks }) =>
    Object.values(tasks).some((task) => task.elementId === elementId),
  );
  const taskId = Object.values(state.tasks).find((task) => task.elementId === elementId)?.taskId ?? '';
  const path = `/api/instances/${instanceId}/tasks/${taskId}`;
  const { assignee, form }: TaskView = await ok(by(personId).get(path));
  if (assignee === null) await ok(by(personId).post(`${path}/claim`, { commandId: randomUUID() }));
  await ok(
    by(personId).post(`${path}/complete`, {
      commandId: randomUUID(),
      outcome,
      ...(reason !== undefined && { reason }),
      ...(form && { formHash: form.hash, response: fillForm(form.questionnaire, { personId, answers }) }),
    }),
  );
}

const PUBLICATION: Answers = {
  'publication.tiers': code('county'),
  'publication.kinds': code('general'),
  'publication.adoptionDeadline': [{ valueDate: inDays(60) }],
};
const CONFIRMED: Answers = { 'receipt.read': [{ valueBoolean: true }] };
const TRAINED: Answers = { 'training.people': [{ valueInteger: 30 }] };
const reported = (adopted: 'yes' | 'partly'): Answers => ({ 'adoption.adopted': code(adopted), 'adoption.obstacle': code('equipment') });

const standardOf = (personId: string, id: string): Promise<StandardView> => ok(by(personId).get(`/api/standards/${id}`));
const reached = (id: string) =>
  until('every member of the county has it', async () => {
    // Not there before the job has published it.
    const { status, body } = await by(MANAGER).get(`/api/standards/${id}`);
    const rows: StandardBoard['rows'] = status === 200 ? body.board.rows : [];
    return rows.length === COUNTY.length && rows;
  });
const adoptionOf = async (id: string, organisationId: string): Promise<string> => {
  const row = (await reached(id)).find(({ organisation }) => organisation.id === organisationId);
  if (!row) throw new Error(`${organisationId} was not reached.`);
  return row.instanceId;
};

let first: string;
let second: string;
let fileId: string;

describe('a standard', () => {
  it('is offered to be drafted to the expert group alone', async () => {
    const keys = async (personId: string): Promise<readonly string[]> =>
      (await ok(by(personId).get('/api/services'))).map(({ key }: { readonly key: string }) => key);
    expect(await keys(DRAFTER)).toContain('standard');
    expect((await ok(by(DRAFTER).get('/api/standards'))).canDraft).toBe(true);
    expect((await ok(by(SHITAN).get('/api/standards'))).canDraft).toBe(false);
    expect((await by(SHITAN).get('/api/services/standard')).status).toBe(404);
  });

  it('is drafted with its text, returned, amended, reviewed by another expert, and is nobody else’s to read until it is published', async () => {
    fileId = await anUpload(DRAFTER, '手卫生技术规范.pdf');
    first = await drafted({ version: '1.0', fileId });
    await act(EXPERT, first, 'review', { outcome: 'return', reason: '补充适用范围' });
    await act(DRAFTER, first, 'correct', { outcome: 'resubmit', answers: draftAnswers({ version: '1.0', fileId }) });
    await act(EXPERT, first, 'review', { outcome: 'pass' });
    expect((await by(SHITAN).get(`/api/files/${fileId}`)).status).toBe(404);
    expect((await ok(by(SHITAN).get('/api/standards'))).standards).toEqual([]);
  });

  it('is published into the library, where every member finds and reads it, and pushed to the chosen tier and kind alone', async () => {
    await act(MANAGER, first, 'publish', { outcome: 'publish', answers: PUBLICATION });
    const rows = await reached(first);
    expect(rows.map(({ organisation }) => organisation.id)).toEqual(COUNTY);
    expect(rows.every(({ stage }) => stage === 'unread')).toBe(true);
    const found = await ok(by(STRANGER).get(`/api/standards?q=${encodeURIComponent('手卫生')}`));
    expect(found.standards).toMatchObject([{ id: first, title: '手卫生技术规范', isCurrent: true, tally: null, own: null }]);
    expect((await ok(by(STRANGER).get('/api/standards?q=nothing-of-it'))).standards).toEqual([]);
    expect((await by(STRANGER).get(`/api/files/${fileId}`)).status).toBe(200);
    expect(await standardOf(SHITAN, first)).toMatchObject({ board: null, tally: null, own: { stage: 'unread' } });
  });

  it('urges at one press whoever has not read it, once in half an hour, and only by those who manage it', async () => {
    const path = `/api/standards/${first}/urge`;
    expect(await ok(by(MANAGER).post(path, { commandId: randomUUID() }))).toMatchObject({ urged: 3 });
    expect(await ok(by(MANAGER).post(path, { commandId: randomUUID(), organisationId: 'org-luyuan' }))).toMatchObject({
      urged: 0,
      results: [{ organisationId: 'org-luyuan', code: 'urged-recently' }],
    });
    expect((await by(SHITAN).post(path, { commandId: randomUUID() })).status).toBe(404);
  });

  it('is read, trained, adopted in part, helped, adopted, checked, evaluated by both sides and closed', async () => {
    const id = await adoptionOf(first, 'org-shitan');
    expect(await ok(by(SHITAN).get(`/api/instances/${id}/standard`))).toMatchObject({ id: first, files: [{ id: fileId }] });
    await act(SHITAN, id, 'read', { outcome: 'read', answers: CONFIRMED });
    await act(SHITAN, id, 'train', { outcome: 'trained', answers: TRAINED });
    await act(SHITAN, id, 'report', { outcome: 'submit', answers: reported('partly') });
    await act(EXPERT, id, 'help', { outcome: 'offer', answers: { 'help.until': [{ valueDate: inDays(20) }] } });
    expect((await standardOf(MANAGER, first)).board).toMatchObject({
      total: { reached: 3, read: 1, partly: 1, yes: 0 },
      obstacles: [{ code: 'equipment', count: 1 }],
    });
    await act(SHITAN, id, 'report', { outcome: 'submit', answers: reported('yes') });
    await act(EXPERT, id, 'check', { outcome: 'confirm' });
    await act(SHITAN, id, 'feedback', { outcome: 'submit' });
    await act(CONTROLLER, id, 'quality', { outcome: 'pass' });
    await shell.sealed(id);
    const { board } = await standardOf(MANAGER, first);
    expect(board?.tiers).toMatchObject([{ tier: 'county', reached: 3, read: 1, yes: 1, partly: 0, no: 0, adoptedShare: 1 / 3 }]);
    expect(board?.rows.find(({ organisation }) => organisation.id === 'org-shitan')).toMatchObject({
      stage: 'closed',
      adopted: 'yes',
      isOnTime: true,
    });
  });

  it('is superseded when a version that replaces it is published: open receipts end, what was adopted stays, the former is evaluated', async () => {
    const luyuan = await adoptionOf(first, 'org-luyuan');
    await act(LUYUAN, luyuan, 'read', { outcome: 'read', answers: CONFIRMED });
    await shell.reached(luyuan, 'the training is open', ({ tasks }) => Object.values(tasks).some(({ elementId }) => elementId === 'train'));
    const known = await ok(by(DRAFTER).get(`/api/references/standard?q=${encodeURIComponent('手卫生')}`));
    expect(known).toMatchObject([{ id: first, display: 'LJ-2026-01 · 手卫生技术规范 · 1.0' }]);
    second = await drafted({ version: '2.0', fileId: await anUpload(DRAFTER, '手卫生技术规范 2.0.pdf'), replaces: first });
    await act(EXPERT, second, 'review', { outcome: 'pass' });
    await act(MANAGER, second, 'publish', { outcome: 'publish', answers: PUBLICATION });
    await until('the open receipts of the former are closed', async () => {
      const { board } = await standardOf(MANAGER, first);
      return board?.rows.filter(({ stage }) => stage === 'superseded').length === 2;
    });
    const { isCurrent, supersededBy, board } = await standardOf(MANAGER, first);
    expect([isCurrent, supersededBy?.id]).toEqual([false, second]);
    expect(board?.rows.map(({ organisation, stage }) => [organisation.id, stage])).toEqual([
      ['org-luyuan', 'superseded'],
      ['org-shitan', 'closed'],
      ['org-taohe', 'superseded'],
    ]);
    expect(await standardOf(MANAGER, second)).toMatchObject({ isCurrent: true, replaces: { id: first, version: '1.0' } });
    expect((await reached(second)).map(({ stage }) => stage)).toEqual(['unread', 'unread', 'unread']);
    await shell.expectConfirmed(luyuan);
  });

  it('closes its own loop by both evaluations and quality control', async () => {
    await act(EXPERT, first, 'evaluate-effect', { outcome: 'submit', answers: { 'effect.recommendation': code('keep') } });
    await act(MANAGER, first, 'evaluate-promotion', { outcome: 'submit' });
    await act(CONTROLLER, first, 'quality', { outcome: 'pass' });
    await shell.sealed(first);
    // What the newer version knows of itself stays its own.
    const { variables } = (await world.state(first)).elements[1] ?? {};
    expect(variables).toMatchObject({ replaced: null, isSuperseded: true, adoption: { reached: 3, read: 2, yes: 1, partly: 0, no: 0 } });
    await shell.expectConfirmed(first);
  });
});
