/** A form's way from the first change to the version that people fill in, over the API. */
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
    const saved = await administrator.put(`${AT}/edition`, {
      revision: 1,
      questionnaire: withItems({ linkId: 'floor', type: 'integer', text: '楼层' }),
    });
    expect(saved.body).toMatchObject({ revision: 2, state: 'draft', updatedBy: { id: 'p-li-na' } });
    expect((await administrator.post(`${AT}/edition/publish`, {})).status).toBe(404);
  });

  it('is changed by one at a time: a second edition is not begun, and a stale save is refused with who was faster', async () => {
    const second = await designer.post(`${AT}/edition`, {});
    expect([second.status, second.body.code, second.body.data.updatedBy.id]).toEqual([409, 'edition-open', 'p-li-na']);
    const stale = await designer.put(`${AT}/edition`, { revision: 1, questionnaire: FORM });
    expect([stale.status, stale.body.code, stale.body.data.revision]).toEqual([409, 'edition-conflict', 2]);
  });

  it('is not saved where it is no questionnaire', async () => {
    const refused = await administrator.put(`${AT}/edition`, {
      revision: 2,
      questionnaire: { resourceType: 'Questionnaire', status: 'active', item: [{ type: 'x' }] },
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'form-malformed']);
  });

  it('is checked with its whole flow before anybody reviews it', async () => {
    const faulty = withItems({ linkId: 'why', type: 'string', text: '又一个原因' });
    await administrator.put(`${AT}/edition`, { revision: 2, questionnaire: faulty });
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
    await administrator.put(`${AT}/edition`, { revision: 3, questionnaire: next });
    const tried = await administrator.post(`${AT}/edition/try-steps`, { steps: [{ kind: 'drop-item', linkId: 'rooms' }] });
    expect(tried.body).toEqual({ drafts: 1, whole: 0, lost: [{ linkId: 'rooms', reason: 'dropped', drafts: 1 }] });
    expect(tried.text).not.toContain('金丝雀');
    const kept = await administrator.post(`${AT}/edition/try-steps`, { steps: [{ kind: 'rename-item', from: 'rooms', to: 'people' }] });
    expect(kept.body).toEqual({ drafts: 1, whole: 1, lost: [] });
    await administrator.put(`${AT}/edition`, {
      revision: 4,
      questionnaire: next,
      steps: [{ kind: 'rename-item', from: 'rooms', to: 'people' }],
    });
  });

  it('stays as it is while it is reviewed, and may be sent back', async () => {
    expect((await operator.post(`${AT}/edition/publish`, {})).body.code).toBe('edition-moved-on');
    expect((await administrator.post(`${AT}/edition/send-to-review`, { note: '问人数，不问间数' })).body.state).toBe('in-review');
    const saved = await administrator.put(`${AT}/edition`, { revision: 5, questionnaire: FORM });
    expect([saved.status, saved.body.code]).toEqual([409, 'edition-moved-on']);
    expect((await administrator.post(`${AT}/edition/send-back`, {})).body.state).toBe('draft');
    expect((await administrator.post(`${AT}/edition/send-to-review`, {})).body.state).toBe('in-review');
  });

  it('is published as the next version of its flow, with a version of its own that no other text has', async () => {
    const published = await operator.post(`${AT}/edition/publish`, { note: '可以' });
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
    expect(revisions.map(({ by }: { by: { id: string } }) => by.id)).toEqual(['p-li-na', 'p-li-na']);
    expect((await operator.get(`${AT}/versions/1`)).body.questionnaire).toEqual(FORM);
  });

  it('is not published over what its flow got meanwhile', async () => {
    await designer.post(`${AT}/edition`, {});
    await designer.put(`${AT}/edition`, { revision: 1, questionnaire: withItems({ linkId: 'late', type: 'string', text: '迟' }) });
    await designer.post(`${AT}/edition/send-to-review`, {});
    const { body: now } = await designer.get(`${AT}/versions/2`);
    await deploy({ ...now.questionnaire, title: '上门走访' });
    expect((await operator.post(`${AT}/edition/publish`, {})).body.code).toBe('edition-outdated');
    expect((await designer.post(`${AT}/edition/discard`, {})).body.state).toBe('discarded');
    expect((await designer.get(`${AT}/edition`)).status).toBe(404);
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
    await designer.post(`${at}/edition/send-to-review`, {});
    expect((await designer.post(`${at}/edition/publish`, {})).body).toMatchObject({ version: 4 });
    expect((await designer.get(at)).body).toMatchObject({ title: { 'zh-CN': '问卷' }, formVersion: '1', usedIn: [] });
  });

  it('stays as people left it when the product brings another version of the flow: that one waits as a draft', async () => {
    const { set } = (await currentSet(world.db, 'visit')) ?? {};
    const upgraded = await deployProduct(world.db, { ...set, bpmn: { ...set?.bpmn, file: 'upgraded.bpmn' } } as FlowSet);
    expect(upgraded).toMatchObject({ kind: 'deployed', version: 5 });
    const { body } = await designer.get('/api/definitions/visit/versions/5');
    expect(body).toMatchObject({ state: 'draft', isCurrent: false });
  });
});
