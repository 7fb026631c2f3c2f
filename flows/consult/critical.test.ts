import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileDmn } from '#core/decision/compile.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';

const { decisions, findings } = await compileDmn(readFileSync(new URL('./critical.dmn', import.meta.url), 'utf8'));

describe('how long a critical value may wait', () => {
  it('has no finding', () => {
    expect(findings).toEqual([]);
  });

  it.each([
    ['routine', 'PT30M'],
    ['urgent', 'PT30M'],
    ['emergency', 'PT15M'],
  ])('in %s %s, then as long again for the head of department', (urgency, time) => {
    const answer = evaluateDecision(decisions, 'consult-critical', { urgency }, { at: '2026-11-23T01:00:00.000Z', zone: 'Asia/Shanghai' });
    expect(answer).toMatchObject({ ok: true, result: { answerWithin: time, officeAfter: time } });
  });
});
