import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileDmn } from '#core/decision/compile.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';
import type { JsonObject } from '#core/json.ts';

const { decisions, findings } = await compileDmn(readFileSync(new URL('./routing.dmn', import.meta.url), 'utf8'));
const moment = { at: '2026-11-23T01:00:00.000Z', zone: 'Asia/Shanghai' };

function propose(facts: JsonObject): JsonObject {
  const answer = evaluateDecision(decisions, 'referral-routing', facts, moment);
  if (!answer.ok) throw new Error(answer.message);
  return answer.result as JsonObject;
}

const application = ({ tier = 'county', region = '990200', ...facts }: JsonObject): JsonObject => ({
  direction: 'up',
  urgency: 'routine',
  specialty: 'general',
  origin: null,
  wished: null,
  starter: { organisation: 'org-any', tier, region },
  ...facts,
});

describe('the routing table of the referral', () => {
  it('has no finding', () => {
    expect(findings).toEqual([]);
  });

  it.each([
    ['counties and communities go to the city hospital of their region', {}, 'org-qingling', 'org-lead'],
    ['as they do elsewhere', { region: '990300', tier: 'community' }, 'org-yunxi', 'org-lead'],
    ['cities go to the lead hospital', { tier: 'city' }, 'org-lead', 'org-qingling'],
    [
      'mother and child go to the hospital of their region',
      { specialty: 'obstetrics', region: '990300' },
      'org-yunxi-children',
      'org-women-children',
    ],
    ['else to the provincial one', { specialty: 'paediatrics' }, 'org-women-children', 'org-lead'],
    ['oncology from a city goes to the cancer hospital', { specialty: 'oncology', tier: 'city' }, 'org-cancer', 'org-lead'],
    ['orthopaedics in Baihe stays there', { specialty: 'orthopaedics', region: '990400' }, 'org-baihe', 'org-lead'],
    ['a campus goes to the hospital of its region', { direction: 'campus', tier: 'community' }, 'org-qingling', 'org-lead'],
    ['a down-referral goes back to where the patient came from', { direction: 'down', origin: 'org-shitan' }, 'org-shitan', null],
    ['else to where it is wished', { direction: 'down', wished: 'org-nanmen' }, 'org-nanmen', null],
    ['else to a community of the region', { direction: 'down' }, 'org-nanmen', null],
    ['what no rule names goes to the lead hospital', { tier: 'province', region: '990100' }, 'org-lead', 'org-qingling'],
  ])('%s', (_, facts, recipient, backup) => {
    expect(propose(application(facts))).toMatchObject({ recipient, backup });
  });
});
