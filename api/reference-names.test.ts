/** Names of master data in the reader's language, while what is stored is a plain reference. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answersByLinkId } from '#core/form/answers.ts';
import { choiceText } from '#core/form/options.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { openJson } from '#engine/cipher.ts';
import { APPLICANT, aConsult, type Consult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';

let world: World;
let consult: Consult;
beforeAll(async () => {
  world = await aWorld();
  consult = await aConsult(world, { waitingAt: 'review' });
});
afterAll(() => world.stop());

const namesIn = (response: QuestionnaireResponse | null | undefined, linkId: string) => {
  const [answer] = (response && answersByLinkId(response).get(linkId)) ?? [];
  return answer && { zh: choiceText(answer, 'zh-CN'), en: choiceText(answer, 'en') };
};

it('a form that begins with a department or hospital has its name in both languages', async () => {
  const { prefill: response } = await world.call(APPLICANT, 'serviceForm', { key: 'consult' });
  expect(namesIn(response, 'applicant.organisation')).toEqual({ zh: '青岭市中心医院', en: 'Qingling Central Hospital' });
  expect(namesIn(response, 'applicant.department')).toEqual({ zh: '呼吸与危重症医学科', en: 'Respiratory medicine' });
  expect(namesIn(response, 'applicant.person')).toEqual({ zh: '吴桐', en: 'Wu Tong' });
});

it('so has what was submitted, wherever it is read', async () => {
  const { submissions } = await world.call('p-he-jing', 'instance', { id: consult.id });
  expect(namesIn(submissions[0]?.response, 'applicant.person')).toEqual({ zh: '吴桐', en: 'Wu Tong' });
});

it('what is stored is a plain reference', async () => {
  const { instanceId, body } = await world.db
    .selectFrom('submission')
    .select(['instance_id as instanceId', 'body'])
    .where('instance_id', '=', consult.id)
    .executeTakeFirstOrThrow();
  const { wrappedKey } = await world.instance(instanceId);
  const key = await world.keys.find(`instance:${instanceId}`, wrappedKey);
  if (!key) throw new Error('There is no key.');
  const stored = openJson<QuestionnaireResponse>(key, 'journal', body);
  expect(answersByLinkId(stored).get('applicant.person')?.[0]).toEqual({
    valueReference: { reference: `Practitioner/${APPLICANT}`, display: '吴桐' },
  });
});
