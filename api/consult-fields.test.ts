/** Who sees what of a consult (requirements.md 1.2, 8.12): through the operations, with the people of the sample network. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICANT, aConsult, anApplication, type Consult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';

const PHONE = '13912345678';
const ID_NUMBER = '11010519491231002X';
const COMPLAINT = '反复胸闷三月余';
const OPINION = '建议择期手术';
const ROOM_ADMIN = 'p-shao-hua';

let world: World;
let consult: Consult;

beforeAll(async () => {
  world = await aWorld();
  consult = await aConsult(world, {
    waitingAt: 'begin',
    answers: {
      'patient.phone': [{ valueString: PHONE }],
      'patient.idNumber': [{ valueString: ID_NUMBER }],
      'patient.address': [{ valueString: '青岭市山路 8 号' }],
      'clinical.chiefComplaint': [{ valueString: COMPLAINT }],
    },
  });
  await consult.complete('begin');
  await consult.complete('execute');
  await consult.complete('opinion', { answers: { 'opinion.text': [{ valueString: OPINION }] } });
});
afterAll(() => world.stop());

const seenBy = async (personId: string) => {
  const { header, submissions } = await world.call(personId, 'instance', { id: consult.id });
  return { banner: header.patient, text: JSON.stringify(submissions) };
};

describe('of a consult', () => {
  it.each([
    ['its applicant', APPLICANT],
    ['the platform manager who reviews it', 'p-he-jing'],
  ])('%s sees everything', async (_, personId) => {
    const { text } = await seenBy(personId);
    for (const each of [PHONE, ID_NUMBER, '青岭市山路 8 号', COMPLAINT, OPINION]) expect(text).toContain(each);
  });

  it('its experts see the medical part, and of the patient’s numbers what tells two patients apart', async () => {
    const { text, banner } = await seenBy('p-dong-liang');
    for (const each of [COMPLAINT, OPINION, '139••••5678', '••••002X']) expect(text).toContain(each);
    for (const each of [PHONE, ID_NUMBER, '青岭市山路 8 号']) expect(text).not.toContain(each);
    expect(banner?.idTail).toBe('002X');
  });

  it('the administrator of the meeting room sees who and when, and nothing medical', async () => {
    const { text, banner } = await seenBy(ROOM_ADMIN);
    for (const each of [PHONE, ID_NUMBER, COMPLAINT, OPINION]) expect(text).not.toContain(each);
    expect(text).toContain('arrangement.startsAt');
    expect(banner?.allergies).not.toBeNull();
  });

  it('an independent supervisor sees the course of it, not the patient’s numbers', async () => {
    const { text } = await seenBy('p-ye-zhou');
    expect(text).toContain(COMPLAINT);
    for (const each of [PHONE, ID_NUMBER]) expect(text).not.toContain(each);
  });

  it('who applied, for which hospital and when is what the server knows, whatever was sent', async () => {
    const asked = await anApplication(world);
    const forged = { linkId: 'applicant.person', answer: [{ valueReference: { reference: 'Practitioner/p-he-jing' } }] };
    const item = (asked.response.item ?? []).map((each) =>
      each.linkId === 'applicant' ? { ...each, item: [...(each.item ?? []), forged] } : each,
    );
    const { instanceId } = await world.call(APPLICANT, 'startInstance', { ...asked, response: { ...asked.response, item } });
    const { submissions } = await world.call(APPLICANT, 'instance', { id: instanceId });
    const text = JSON.stringify(submissions[0]?.response);
    expect(text).toContain(`Practitioner/${APPLICANT}`);
    expect(text).not.toContain('Practitioner/p-he-jing');
  });
});
