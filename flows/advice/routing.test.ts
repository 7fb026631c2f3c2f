import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileDmn } from '#core/decision/compile.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';

const { decisions, findings } = await compileDmn(readFileSync(new URL('./routing.dmn', import.meta.url), 'utf8'));

describe('the team that answers', () => {
  it('has no finding', () => {
    expect(findings).toEqual([]);
  });

  it.each([
    ['cardiology', 'team-cardiology'],
    ['infectious', 'team-respiratory'],
    ['paediatrics', 'team-mother-child'],
    ['orthopaedics', 'team-surgery'],
    ['critical-care', 'team-critical'],
    ['general', 'team-general'],
  ])('of %s is %s', (specialty, team) => {
    const answer = evaluateDecision(decisions, 'advice-routing', { specialty }, { at: '2026-11-23T01:00:00.000Z', zone: 'Asia/Shanghai' });
    expect(answer).toMatchObject({ ok: true, result: team });
  });
});
