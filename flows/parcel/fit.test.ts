import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileDmn } from '#core/decision/compile.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';

const { decisions, findings } = await compileDmn(readFileSync(new URL('./fit.dmn', import.meta.url), 'utf8'));

interface Volunteer {
  readonly building: string;
  readonly sex: string;
  readonly load: number;
}

function fitOf({ building, sex, load }: Volunteer, recipientPreference: string) {
  const facts = { building: 'east-1', recipientPreference, volunteer: { person: 'p-any', load, traits: { building, sex } } };
  const answer = evaluateDecision(decisions, 'volunteer-fit', facts, { at: '2026-11-23T01:00:00.000Z', zone: 'Asia/Shanghai' });
  if (!answer.ok) throw new Error(answer.message);
  return answer.result;
}

describe('the fit of a volunteer', () => {
  it('has no finding', () => {
    expect(findings).toEqual([]);
  });

  it.each([
    [{ building: 'east-1', sex: 'male', load: 2 }, 'any', { suitable: true, rank: 2 }],
    [{ building: 'west-1', sex: 'male', load: 0 }, 'any', { suitable: true, rank: 10 }],
    [{ building: 'east-1', sex: 'male', load: 0 }, 'female', { suitable: false, rank: 99 }],
    [{ building: 'east-1', sex: 'female', load: 0 }, 'female', { suitable: true, rank: 0 }],
    [{ building: 'east-1', sex: 'female', load: 3 }, 'any', { suitable: false, rank: 99 }],
  ])('of %o, when the recipient prefers %s, is %o', (volunteer, preference, fit) => {
    expect(fitOf(volunteer, preference)).toEqual(fit);
  });
});
