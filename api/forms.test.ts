/** A form's way from the first change to the version that people fill in, over the API. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { deploy as deployProduct } from '#engine/deploy.ts';
import { currentSet } from '#engine/editions.ts';
import type { FlowSet } from '#engine/flow-set.ts';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { aWorld, type World } from '#test/support/world.ts';

const FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  url: 'https://example.org/forms/visit',
  version: '1',
  title: '走访',
  item: [
    { linkId: 'why', type: 'string', text: '原因', required: true },
    { linkId: 'rooms', type: 'integer', text: '间数' },
  ],
};

const AT = '/api/forms/visit/visit-apply';

let world: World;
let designer: ApiCaller;
let administrator: ApiCaller;
let operator: ApiCaller;

beforeAll(async () => {
  world = await aWorld();
  [designer, administrator, operator] = await Promise.all([world.signIn('p-mo-yan'), world.signIn('p-li-na'), world.signIn('p-kang-ning')]);
  const deployed = await deploy(FORM);
  expect(deployed.status).toBe(200);
});
afterAll(() => world.stop());

const deploy = (json: object) =>
  designer.post('/api/definitions', {
    descriptor: {
      key: 'visit',
      name: { 'zh-CN': '走访' },
      description: { 'zh-CN': '走访' },
      icon: 'consult',
      numberPrefix: 'ZF',
      processId: 'p',
      startForm: 'visit-apply',
      titleFacts: [],
    },
    bpmn: { file: 'visit.bpmn', xml: smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end') },
    dmn: [],
    forms: [{ file: 'forms/visit-apply.json', key: 'visit-apply', json }],
    publish: true,
  });

/** Which text is meant: the one that stands there, or another where the test says so. */
const seenBy = async (by: ApiCaller, at = AT) => {
  const { id, revision } = (await by.get(`${at}/edition`)).body;
  return { id, revision };
};
const save = async (by: ApiCaller, questionnaire: object, more: object = {}) =>
  by.put(`${AT}/edition`, { ...(await seenBy(by)), questionnaire, ...more });
const act = async (by: ApiCaller, name: string, { at = AT, ...more }: { readonly at?: string; readonly [field: string]: unknown } = {}) =>
  by.post(`${at}/edition/${name}`, { ...(await seenBy(by, at)), ...more });

const withItems = (...item: NonNullable<Questionnaire['item']>) => ({ ...FORM, item: [...(FORM.item ?? []), ...item] });

describe('a form of a flow', () => {
  it('is listed with its title, its version and the steps that ask it', async () => {
    const { body } = await administrator.get('/api/forms');
    const flow = body.flows.find(({ key }: { key: string }) => key === 'visit');
    expect(flow.forms).toMatchObject([{ formKey: 'visit-apply', title: { 'zh-CN': '走访' }, formVersion: '1', items: 2, edition: null }]);
    const consult = body.flows.find(({ key }: { key: string }) => key === 'consult');
    const review = consult.forms.find(({ formKey }: { formKey: string }) => formKey === 'consult-review');
    expect(review.usedIn.map(({ elementId }: { elementId: string }) => elementId)).toContain('review');
  });

  it('is changed by an administrator of a hospital, who cannot publish it', async () => {
    const begun = await administrator.post(`${AT}/edition`, {});
    expect(begun.body).toMatchObject({ state: 'draft', revision: 1, basedOn: 1, questionnaire: FORM, base: FORM });
    const saved = await save(administrator, withItems({ linkId: 'floor', type: 'integer', text: '楼层' }));
    expect(saved.body).toMatchObject({ revision: 2, state: 'draft', updatedBy: { id: 'p-li-na' } });
    expect((await act(administrator, 'publish')).status).toBe(404);
  });

  it('is changed by one at a time: a second edition is not begun, and a stale save is refused with who was faster', async () => {
    const second = await designer.post(`${AT}/edition`, {});
    expect([second.status, second.body.code, second.body.data.updatedBy.id]).toEqual([409, 'edition-open', 'p-li-na']);
    const stale = await save(designer, FORM, { revision: 1 });
    expect([stale.status, stale.body.code, stale.body.data.revision]).toEqual([409, 'edition-conflict', 2]);
  });

  it('is not saved where it is no questionnaire', async () => {
    const refused = await save(administrator, { resourceType: 'Questionnaire', status: 'active', item: [{ type: 'x' }] });
    expect([refused.status, refused.body.code]).toEqual([422, 'form-malformed']);
  });

  it('is checked with its whole flow before anybody reviews it', async () => {
    const faulty = withItems({ linkId: 'why', type: 'string', text: '又一个原因' });
    await save(administrator, faulty);
    const { body } = await administrator.post(`${AT}/edition/check`, {});
    expect(body.findings).toMatchObject([{ file: 'forms/visit-apply.json', elementId: 'why', severity: 'error' }]);
  });

  it('says what would become of drafts that people have open, in counts and without an answer', async () => {
    const applicant = await world.signIn('p-wu-tong');
    const { body: service } = await applicant.get('/api/services/visit');
    const response = {
      resourceType: 'QuestionnaireResponse',
      status: 'in-progress',
      item: [
        { linkId: 'why', answer: [{ valueString: '金丝雀' }] },
        { linkId: 'rooms', answer: [{ valueInteger: 3 }] },
      ],
    };
    await applicant.put('/api/drafts', {
      scope: { kind: 'service', serviceKey: 'visit' },
      formHash: service.form.hash,
      version: 0,
      response,
    });
    const next = {
      ...FORM,
      item: [
        { linkId: 'why', type: 'string', text: '原因', required: true },
        { linkId: 'people', type: 'integer', text: '人数' },
      ],
    };
    await save(administrator, next);
    const tried = await operator.post(`${AT}/edition/try-steps`, { steps: [{ kind: 'drop-item', linkId: 'rooms' }] });
    // Of one draft nobody is told more than that something would be lost.
    expect(tried.body).toEqual({ drafts: 1, whole: 0, isFew: true, lost: [] });
    expect(tried.text).not.toContain('金丝雀');
    const kept = await operator.post(`${AT}/edition/try-steps`, { steps: [{ kind: 'rename-item', from: 'rooms', to: 'people' }] });
    expect(kept.body).toEqual({ drafts: 1, whole: 1, isFew: true, lost: [] });
    await save(administrator, next, { steps: [{ kind: 'rename-item', from: 'rooms', to: 'people' }] });
  });

  it('stays as it is while it is reviewed, and may be sent back', async () => {
    expect((await act(operator, 'publish')).body.code).toBe('edition-moved-on');
    expect((await act(administrator, 'send-to-review', { note: '问人数，不问间数' })).body.state).toBe('in-review');
    const saved = await save(administrator, FORM);
    expect([saved.status, saved.body.code]).toEqual([409, 'edition-moved-on']);
    const reviewed = await seenBy(operator);
    expect((await act(administrator, 'send-back')).body.state).toBe('draft');
    const { questionnaire, steps } = (await administrator.get(`${AT}/edition`)).body;
    await save(administrator, { ...questionnaire, description: '改过' }, { steps });
    expect((await act(administrator, 'send-to-review')).body.state).toBe('in-review');
    // What was looked at is not what stands there now.
    expect((await act(operator, 'publish', reviewed)).body.code).toBe('edition-moved-on');
  });

  it('is published as the next version of its flow, with a version of its own that no other text has', async () => {
    const published = await act(operator, 'publish', { note: '可以' });
    expect(published.body).toMatchObject({ version: 2, findings: [] });
    const { body: service } = await (await world.signIn('p-wu-tong')).get('/api/services/visit');
    expect(service.form.questionnaire).toMatchObject({ version: '2', status: 'active', item: [{ linkId: 'why' }, { linkId: 'people' }] });
    const { body: flow } = await designer.get('/api/definitions/visit/versions/2');
    expect(flow).toMatchObject({ isCurrent: true, state: 'published' });
  });

  it('carries a draft over by the steps that were decided, and lets it be sent', async () => {
    const applicant = await world.signIn('p-wu-tong');
    const [summary] = (await applicant.get('/api/drafts?serviceKey=visit')).body;
    const { body: draft } = await applicant.get(`/api/drafts/${summary.id}`);
    expect(draft.carried.lost).toEqual([]);
    expect(draft.response.item).toEqual([
      { linkId: 'why', answer: [{ valueString: '金丝雀' }] },
      { linkId: 'people', answer: [{ valueInteger: 3 }] },
    ]);
    const { body: service } = await applicant.get('/api/services/visit');
    const sent = await applicant.post('/api/instances', {
      commandId: crypto.randomUUID(),
      serviceKey: 'visit',
      formHash: service.form.hash,
      response: draft.response,
      draftId: draft.id,
    });
    expect(sent.status).toBe(200);
  });

  it('shows its versions, and who changed what on the way', async () => {
    const { body } = await operator.get(AT);
    expect(body.versions).toMatchObject([
      { version: 2, formVersion: '2', isCurrent: true, by: { id: 'p-kang-ning' } },
      { version: 1, formVersion: '1', isCurrent: false },
    ]);
    expect(body.editions).toMatchObject([{ state: 'published', publishedVersion: 2 }]);
    expect(body.editions[0].acts.map(({ act }: { act: string }) => act)).toEqual([
      'begin',
      'send-to-review',
      'send-back',
      'send-to-review',
      'publish',
    ]);
    const { body: revisions } = await operator.get(`${AT}/editions/${body.editions[0].id}/revisions`);
    expect(revisions.map(({ by }: { by: { id: string } }) => by.id)).toEqual(['p-li-na', 'p-li-na', 'p-li-na']);
    expect((await operator.get(`${AT}/versions/1`)).body.questionnaire).toEqual(FORM);
  });

  it('is not published over what its flow got meanwhile', async () => {
    await designer.post(`${AT}/edition`, {});
    await save(designer, withItems({ linkId: 'late', type: 'string', text: '迟' }));
    await act(designer, 'send-to-review');
    const { body: now } = await designer.get(`${AT}/versions/2`);
    await deploy({ ...now.questionnaire, title: '上门走访' });
    expect((await act(operator, 'publish')).body.code).toBe('edition-outdated');
    // Sent back, it is compared with what is asked by then.
    expect((await act(designer, 'send-back')).body).toMatchObject({ basedOn: 3, base: { title: '上门走访' } });
    const put = await seenBy(designer);
    expect((await act(designer, 'discard')).body.state).toBe('discarded');
    expect((await designer.get(`${AT}/edition`)).status).toBe(404);
    // Another edition begins at the same revision, and is not taken for the one before.
    await designer.post(`${AT}/edition`, {});
    expect((await save(designer, FORM, put)).body.code).toBe('edition-moved-on');
    await act(designer, 'discard');
  });

  it('may be new: it needs a text, and is in the flow once it is published', async () => {
    const at = '/api/forms/visit/visit-survey';
    expect((await designer.post(`${at}/edition`, {})).status).toBe(404);
    const survey = {
      resourceType: 'Questionnaire',
      status: 'draft',
      title: '问卷',
      item: [{ linkId: 'q', type: 'boolean', text: '满意' }],
    };
    expect((await designer.post(`${at}/edition`, { questionnaire: survey })).body).toMatchObject({ basedOn: null, base: null });
    await act(designer, 'send-to-review', { at });
    expect((await act(designer, 'publish', { at })).body).toMatchObject({ version: 4 });
    expect((await designer.get(at)).body).toMatchObject({ title: { 'zh-CN': '问卷' }, formVersion: '1', usedIn: [] });
    // Of the other form nothing changed with it: what is asked is of the version before.
    expect((await designer.get(AT)).body.versions[0]).toMatchObject({ version: 3, isCurrent: true });
  });

  it('is published with another form of its flow at the same moment, and neither is lost', async () => {
    const survey = '/api/forms/visit/visit-survey';
    for (const at of [AT, survey]) {
      await designer.post(`${at}/edition`, {});
      const { id, revision, questionnaire } = (await designer.get(`${at}/edition`)).body;
      await designer.put(`${at}/edition`, { id, revision, questionnaire: { ...questionnaire, description: '同时' } });
      await act(designer, 'send-to-review', { at });
    }
    const answers = await Promise.all([act(operator, 'publish'), act(designer, 'publish', { at: survey })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { version, set } = (await currentSet(world.db, 'visit')) ?? {};
    expect(set?.forms.map(({ json }) => (json as Questionnaire).description)).toEqual(['同时', '同时']);
    expect(version?.version).toBe(Math.max(...answers.map(({ body }) => body.version)));
  });

  it('stays as people left it when the product brings another version of the flow: that one waits as a draft', async () => {
    const { set } = (await currentSet(world.db, 'visit')) ?? {};
    const upgraded = await deployProduct(world.db, { ...set, bpmn: { ...set?.bpmn, file: 'upgraded.bpmn' } } as FlowSet);
    if (upgraded.kind === 'refused') throw new Error(JSON.stringify(upgraded.findings));
    const { body } = await designer.get(`/api/definitions/visit/versions/${upgraded.version}`);
    expect(body).toMatchObject({ state: 'draft', isCurrent: false });
  });
});

describe('an application whose answer was lost', () => {
  it('is the same one when it is sent again, also after its form moved on', async () => {
    const applicant = await world.signIn('p-wu-tong');
    const { form } = (await applicant.get('/api/services/visit')).body;
    const command = (commandId: string) => ({
      commandId,
      serviceKey: 'visit',
      formHash: form.hash,
      response: {
        resourceType: 'QuestionnaireResponse',
        status: 'completed',
        item: [{ linkId: 'why', answer: [{ valueString: '漏水' }] }],
      },
    });
    const [sent, other] = [command(randomUUID()), command(randomUUID())];
    const first = await applicant.post('/api/instances', sent);
    expect(first.status).toBe(200);
    await deploy({ ...FORM, version: '9', item: [...(FORM.item ?? []), { linkId: 'floor', type: 'integer', text: '楼层' }] });
    expect((await applicant.post('/api/instances', other)).body.code).toBe('form-moved-on');
    const again = await applicant.post('/api/instances', sent);
    expect([again.status, again.body.instanceId]).toEqual([200, first.body.instanceId]);
  });
});
