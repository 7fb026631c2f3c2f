import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { APPLICANT, aConsult, anApplication } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let applicant: ApiCaller;
let other: ApiCaller;
let formHash: string;

beforeAll(async () => {
  world = await aWorld();
  applicant = await world.signIn(APPLICANT);
  other = await world.signIn('p-zhao-heng');
  ({ formHash } = await anApplication(world));
});
afterAll(() => world.stop());

const note = (text: string) => ({
  resourceType: 'QuestionnaireResponse',
  status: 'in-progress',
  item: [{ linkId: 'patient', item: [{ linkId: 'patient.name', answer: [{ valueString: text }] }] }],
});
/** What the form says is not theirs to change is put in again when it is opened: who applies, for which hospital, when. */
const withWhatIsKnown = (text: string) => [{ linkId: 'applicant', item: expect.any(Array) }, ...note(text).item];
const forService = (text: string, more: object = {}) => ({
  scope: { kind: 'service', serviceKey: 'consult' },
  formHash,
  version: 0,
  response: note(text),
  ...more,
});

describe('a draft', () => {
  it('saves itself, version after version, and comes back as it was', async () => {
    const first = (await applicant.put('/api/drafts', forService('一'))).body;
    expect(first).toMatchObject({ version: 1, scope: { kind: 'service', serviceKey: 'consult' } });
    const second = (await applicant.put('/api/drafts', forService('二', { id: first.id, version: 1 }))).body;
    expect(second.version).toBe(2);
    const read = (await applicant.get(`/api/drafts/${first.id}`)).body;
    expect(read).toMatchObject({ version: 2, formHash });
    expect(read.response.item).toEqual(withWhatIsKnown('二'));
    expect((await applicant.get('/api/drafts?serviceKey=consult')).body.map((draft: { id: string }) => draft.id)).toContain(first.id);
  });

  it('of two tabs is not overwritten: the later one is told what the other saved', async () => {
    const { id } = (await applicant.put('/api/drafts', forService('两个页面'))).body;
    const tabs = await Promise.all(['左', '右'].map((text) => applicant.put('/api/drafts', forService(text, { id, version: 1 }))));
    expect(tabs.map((tab) => tab.status).sort()).toEqual([200, 409]);
    const lost = tabs.find((tab) => tab.status === 409)?.body;
    expect(lost).toMatchObject({ code: 'draft-conflict', data: { id, version: 2 } });
    const saved = (await applicant.get(`/api/drafts/${id}`)).body;
    expect(saved.version).toBe(2);
    expect(saved.savedAt).toBe(lost.data.savedAt);
  });

  it('of a task is one a person: a second new one is told of the first', async () => {
    const consult = await aConsult(world, { waitingAt: 'review' });
    const manager = await world.signIn('p-he-jing');
    const { taskId } = await consult.task('review');
    const task = (await manager.get(`/api/instances/${consult.id}/tasks/${taskId}`)).body;
    const draft = { scope: { kind: 'task', instanceId: consult.id, taskId }, formHash: task.form.hash, version: 0, response: note('甲') };
    const first = (await manager.put('/api/drafts', draft)).body;
    const second = await manager.put('/api/drafts', draft);
    expect([second.status, second.body.data]).toMatchObject([409, { id: first.id, version: 1 }]);
    expect((await manager.get(`/api/instances/${consult.id}/tasks/${taskId}`)).body.draft).toMatchObject({ id: first.id });
    await consult.complete('review', { by: 'p-he-jing' });
    // Decided: its draft is gone, and a late save is told so.
    expect((await manager.get(`/api/drafts/${first.id}`)).status).toBe(404);
    const late = await manager.put('/api/drafts', draft);
    expect([late.status, late.body.code]).toEqual([409, 'task-done']);
  });

  it('goes with the application that was made from it', async () => {
    const { id } = (await applicant.put('/api/drafts', forService('要提交的'))).body;
    const answer = await applicant.post('/api/instances', { ...(await anApplication(world)), draftId: id });
    expect(answer.status).toBe(200);
    expect((await applicant.get(`/api/drafts/${id}`)).status).toBe(404);
  });

  it('is no conflict with its own save whose answer never came', async () => {
    const [id, saveId] = [randomUUID(), randomUUID()];
    await applicant.put('/api/drafts', forService('一', { id, saveId }));
    const again = await applicant.put('/api/drafts', forService('一', { id, saveId: randomUUID(), unanswered: [saveId] }));
    expect([again.status, again.body]).toMatchObject([200, { id, version: 2 }]);
    const newer = randomUUID();
    await applicant.put('/api/drafts', forService('二', { id, version: 2, saveId: newer }));
    const next = await applicant.put('/api/drafts', forService('三', { id, version: 2, unanswered: [saveId, newer] }));
    expect([next.status, next.body.version]).toEqual([200, 4]);
  });

  it('is one with what somebody saved after that', async () => {
    const [id, saveId] = [randomUUID(), randomUUID()];
    await applicant.put('/api/drafts', forService('一', { id, saveId }));
    await applicant.put('/api/drafts', forService('别处', { id, version: 1, saveId: randomUUID() }));
    const late = await applicant.put('/api/drafts', forService('二', { id, unanswered: [saveId] }));
    expect([late.status, late.body]).toMatchObject([409, { code: 'draft-conflict', data: { id, version: 2 } }]);
  });

  it('is not saved for whoever has signed in since the page was opened', async () => {
    const headers = { 'x-signed-in-as': APPLICANT };
    const id = randomUUID();
    const mine = await applicant.request('PUT', '/api/drafts', { body: forService('我的', { id }), headers });
    expect(mine.status).toBe(200);
    const theirs = await other.request('PUT', '/api/drafts', { body: forService('我的', { id: randomUUID() }), headers });
    expect([theirs.status, theirs.body]).toEqual([401, { code: 'signed-out' }]);
  });

  it('of another person is not there: not to read, not to change, not to throw away', async () => {
    const { id } = (await applicant.put('/api/drafts', forService('我的'))).body;
    expect((await other.get(`/api/drafts/${id}`)).status).toBe(404);
    expect((await other.delete(`/api/drafts/${id}`)).status).toBe(404);
    for (const version of [0, 1]) {
      const answer = await other.put('/api/drafts', forService('夺走', { id, version }));
      expect([answer.status, answer.body]).toEqual([409, { code: 'draft-conflict' }]);
    }
    // An application of somebody else does not throw it away either.
    await other.post('/api/instances', { ...(await anApplication(world, { applicant: 'p-zhao-heng' })), draftId: id });
    expect((await applicant.get(`/api/drafts/${id}`)).body.response.item).toEqual(withWhatIsKnown('我的'));
  });

  it('of a form that is not the service’s is refused as moved on', async () => {
    const unknown = await applicant.put('/api/drafts', forService('x', { formHash: 'f'.repeat(64) }));
    expect([unknown.status, unknown.body.code]).toEqual([409, 'form-moved-on']);
  });

  it('of another form loses nothing in silence: what the form of today has no place for is told', async () => {
    const { id } = (await applicant.put('/api/drafts', forService('旧版'))).body;
    const [older] = await world.asOwner<{ hash: string }>("select hash from content where kind = 'form' and hash <> $1 limit 1", [
      formHash,
    ]);
    await world.asOwner('update draft set form_hash = $1 where id = $2', [older?.hash, id]);
    const read = (await applicant.get(`/api/drafts/${id}`)).body;
    expect(read).toMatchObject({ formHash, carried: { lost: [{ linkId: 'patient.name', answer: { valueString: '旧版' } }] } });
    expect(JSON.stringify(read.response)).not.toContain('旧版');
    const moved = await applicant.put('/api/drafts', forService('新版', { id, version: 1 }));
    expect(moved.status).toBe(200);
  });

  it('can be thrown away, once', async () => {
    const { id } = (await applicant.put('/api/drafts', forService('不要了'))).body;
    expect((await applicant.delete(`/api/drafts/${id}`)).body).toEqual({ deleted: true });
    expect((await applicant.delete(`/api/drafts/${id}`)).status).toBe(404);
  });

  it.each([
    ['a service that is not there', { scope: { kind: 'service', serviceKey: 'nothing' } }, 404],
    ['an instance that is not there', { scope: { kind: 'task', instanceId: randomUUID(), taskId: '3' } }, 404],
    ['no response', { response: 'hello' }, 422],
    ['a version beyond all versions', { version: 2 ** 40, id: randomUUID() }, 400],
    ['a version below all versions', { version: -1 }, 400],
  ])('for %s is refused', async (_what, more, status) => {
    const answer = await applicant.put('/api/drafts', forService('x', more));
    expect(answer.status).toBe(status);
  });
});
