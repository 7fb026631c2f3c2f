import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#core/json.ts';
import { readStanding } from '#db/people.ts';
import { fillForm } from '#test/support/fill-form.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { qualification } from './qualification.ts';
import { qualifiedPeople } from './qualified-people.ts';

const STUDENT = 'p-an-ran';
const TRAITS = { building: 'east-1', sex: 'female' };

let world: World;
let instanceId: string;
beforeAll(async () => {
  world = await aWorld();
  const { form } = await world.call(STUDENT, 'serviceForm', { key: 'volunteer' });
  const started = await world.call(STUDENT, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'volunteer',
    formHash: form.hash,
    response: fillForm(form.questionnaire, { personId: STUDENT }),
  });
  instanceId = started.instanceId;
});
afterAll(() => world.stop());

const run = (variables: Readonly<Record<string, Json>>, id = instanceId) =>
  qualification(world.db)({ instanceId: id, effectId: 'e', headers: {}, secrets: {}, variables });
const rolesOf = async (personId: string) => (await readStanding(world.db, { personId, sessionId: null }))?.roles.map(({ role }) => role);

async function offered(by = STUDENT): Promise<readonly Json[]> {
  // Another's instance of the same organisation: nobody is offered what is their own.
  const { form } = await world.call(by, 'serviceForm', { key: 'volunteer' });
  const { instanceId: id } = await world.call(by, 'startInstance', {
    commandId: randomUUID(),
    serviceKey: 'volunteer',
    formHash: form.hash,
    response: fillForm(form.questionnaire, { personId: by }),
  });
  const job = { instanceId: id, effectId: 'e', headers: {}, secrets: {}, variables: { role: 'volunteer' } };
  const { people } = await qualifiedPeople(world.db)(job);
  return people as readonly Json[];
}

describe('a qualification', () => {
  it('gives the applicant the role, and says by what to choose', async () => {
    await run({ role: 'volunteer', state: 'active', traits: TRAITS });
    expect(await rolesOf(STUDENT)).toEqual(['student', 'volunteer']);
    expect(await offered('p-bo-wen')).toContainEqual({ person: STUDENT, traits: TRAITS, load: 0 });
  });

  it('said twice changes nothing', async () => {
    await run({ role: 'volunteer', state: 'active', traits: TRAITS });
    await run({ role: 'volunteer', state: 'active', traits: TRAITS });
    expect(await rolesOf(STUDENT)).toEqual(['student', 'volunteer']);
  });

  it('is never offered what the applicant asked for', async () => {
    expect((await offered(STUDENT)).map((each) => (each as { person: string }).person)).not.toContain(STUDENT);
  });

  it.each(['suspended', 'on-leave', 'ended'])('that is %s takes the role, and nothing is offered any more', async (state) => {
    await run({ role: 'volunteer', state: 'active', traits: TRAITS });
    await run({ role: 'volunteer', state, traits: TRAITS });
    expect(await rolesOf(STUDENT)).toEqual(['student']);
    expect((await offered('p-bo-wen')).map((each) => (each as { person: string }).person)).not.toContain(STUDENT);
  });

  it('leaves nothing behind when it has ended', async () => {
    await run({ role: 'volunteer', state: 'ended' });
    expect(await world.asOwner('select 1 from qualification where person_id = $1', [STUDENT])).toEqual([]);
  });

  it.each(['manager', 'student', 'operator', ''])('gives nobody the role "%s"', async (role) => {
    await expect(run({ role, state: 'active' })).rejects.toMatchObject({ isFinal: true });
    expect(await rolesOf(STUDENT)).toEqual(['student']);
  });

  it('takes neither a state that it does not know nor free text', async () => {
    await expect(run({ role: 'volunteer', state: 'perhaps' })).rejects.toMatchObject({ isFinal: true });
    await expect(run({ role: 'volunteer', state: 'active', traits: { note: 'x'.repeat(101) } })).rejects.toMatchObject({ isFinal: true });
  });

  it('is nobody’s without an instance', async () => {
    await expect(run({ role: 'volunteer', state: 'active' }, randomUUID())).rejects.toMatchObject({ isFinal: true });
  });
});
