import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileDmn } from '#core/decision/compile.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';
import type { JsonObject } from '#core/json.ts';

const { decisions, findings } = await compileDmn(readFileSync(new URL('./dispatch.dmn', import.meta.url), 'utf8'));
const moment = { at: '2026-11-23T01:00:00.000Z', zone: 'Asia/Shanghai' };

function propose(facts: JsonObject): JsonObject {
  const answer = evaluateDecision(decisions, 'consult-dispatch', facts, moment);
  if (!answer.ok) throw new Error(answer.message);
  return answer.result as JsonObject;
}

const application = (facts: JsonObject): JsonObject => ({
  subkind: 'difficult',
  urgency: 'routine',
  specialty: 'general',
  networkCondition: 'normal',
  starter: { person: 'p-any', organisation: 'org-any', tier: 'county' },
  ...facts,
});

describe('the dispatch table', () => {
  it('has no finding', () => {
    expect(findings).toEqual([]);
  });

  it.each([
    [{ subkind: 'mdt' }, 'team-mdt'],
    [{ subkind: 'pathology' }, 'team-pathology'],
    [{ subkind: 'difficult', specialty: 'cardiology' }, 'team-cardiology'],
    [{ subkind: 'difficult', specialty: 'paediatrics', urgency: 'emergency' }, 'team-mother-child'],
    [{ subkind: 'difficult', specialty: 'general', urgency: 'emergency' }, 'team-critical'],
    [{ subkind: 'difficult', specialty: 'dermatology' }, 'team-general'],
  ])('sends %o to %s', (facts, team) => {
    expect(propose(application(facts)).team).toBe(team);
  });

  it('gives imaging of counties and communities to the second team, of cities to the first', () => {
    expect(propose(application({ subkind: 'imaging' })).team).toBe('team-imaging-second');
    expect(propose(application({ subkind: 'imaging', starter: { tier: 'city' } })).team).toBe('team-imaging');
  });

  it('proposes a team even when nobody knows the tier', () => {
    expect(propose(application({ subkind: 'imaging', starter: {} })).team).toBe('team-imaging');
  });

  it('reads images in the high-definition 5G room whatever the network (R-CON-04, R-CON-08)', () => {
    expect(propose(application({ subkind: 'imaging', networkCondition: 'low' })).roomKind).toBe('hd-5g-room');
  });

  it('runs everything else on the phone when the network is weak (R-CON-08)', () => {
    expect(propose(application({ subkind: 'mdt', networkCondition: 'low' })).roomKind).toBe('phone');
  });

  it('always has another team as backup', () => {
    for (const subkind of ['mdt', 'imaging', 'pathology', 'difficult']) {
      for (const urgency of ['routine', 'emergency']) {
        for (const specialty of [
          'cardiology',
          'neurology',
          'oncology',
          'respiratory',
          'obstetrics',
          'surgery',
          'critical-care',
          'general',
        ]) {
          const proposal = propose(application({ subkind, urgency, specialty }));
          expect(proposal.backupTeam).toMatch(/^team-/);
          expect(proposal.backupTeam).not.toBe(proposal.team);
        }
      }
    }
  });
});
