/** Who decides next is said by the flow itself, from what is answered so far. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aWorld, type World } from '#test/support/world.ts';

/** A school doctor, the head of the same clinic, and who reviews for the platform. */
const DOCTOR = 'p-jing-yi';
const HEAD = 'p-qu-zhen';
const MANAGER = 'role:manager@org-lead';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

type Answers = Readonly<Record<string, readonly AnswerValue[]>>;
const coding = (system: string, code: string): readonly AnswerValue[] => [
  { valueCoding: { system: `https://bihuan.dev/fhir/CodeSystem/${system}`, code } },
];
const referralTo = (direction: string, urgency = 'routine'): Answers => ({
  'referral.direction': coding('referral-direction', direction),
  'referral.urgency': coding('urgency', urgency),
});

async function answered(personId: string, key: string, answers: Answers) {
  const { form } = await world.call(personId, 'serviceForm', { key });
  return { formHash: form.hash, response: fillForm(form.questionnaire, { personId, answers }) };
}

async function deciders(personId: string, key: string, answers: Answers) {
  const { response } = await answered(personId, key, answers);
  const found = await world.call(personId, 'nextDeciders', { key, response });
  return found.map(({ elementId, holders }) => ({ elementId, principals: holders.map(({ principal }) => principal) }));
}

describe('who decides next', () => {
  it('is the head of the clinic where a student is referred from the campus, and the platform otherwise', async () => {
    const clinic = `role:clinic-head@${await clinicOf(HEAD)}`;
    expect(await deciders(DOCTOR, 'referral', referralTo('campus'))).toEqual([{ elementId: 'review', principals: [clinic] }]);
    expect(await deciders(DOCTOR, 'referral', referralTo('up'))).toEqual([{ elementId: 'review', principals: [MANAGER] }]);
  });

  it('is nobody of the review in an emergency, which goes to a hospital at once', async () => {
    const found = await deciders('p-wu-tong', 'referral', referralTo('up', 'emergency'));
    expect(found.map(({ elementId }) => elementId)).not.toContain('review');
  });

  it('is known with the form as it opens', async () => {
    const known = async (personId: string) => {
      const { nextDeciders } = await world.call(personId, 'serviceForm', { key: 'referral' });
      return nextDeciders.map(({ elementId, holders }) => [elementId, holders.map(({ principal }) => principal)]);
    };
    expect(await known(DOCTOR)).toEqual([['review', [`role:clinic-head@${await clinicOf(HEAD)}`]]]);
    expect(await known('p-wu-tong')).toEqual([['review', [MANAGER]]]);
  });

  it.each([
    ['from the campus', DOCTOR, referralTo('campus')],
    ['up', 'p-wu-tong', referralTo('up')],
  ] as const)('is who has the first task once a referral %s is sent', async (_way, personId, answers) => {
    const key = 'referral';
    const said = await deciders(personId, key, answers);
    const { instanceId } = await world.call(personId, 'startInstance', {
      commandId: randomUUID(),
      serviceKey: key,
      ...(await answered(personId, key, answers)),
    });
    const tasks = Object.values((await world.state(instanceId)).tasks);
    expect(said).toEqual(tasks.map(({ elementId, candidates }) => ({ elementId, principals: candidates })));
    expect(said).toHaveLength(1);
  });

  it('leaves nothing behind', async () => {
    const counted = () => world.asOwner('select (select count(*) from instance) as instances, last_value from instance_number');
    const before = await counted();
    await deciders(DOCTOR, 'referral', referralTo('campus'));
    expect(await counted()).toEqual(before);
  });

  it('is not said of answers that are none', async () => {
    await expect(world.call(DOCTOR, 'nextDeciders', { key: 'referral', response: { item: 1 } })).rejects.toThrow('response-malformed');
  });
});

const clinicOf = async (personId: string): Promise<string> => (await world.call(personId, 'me', {})).person.organisation.id;
