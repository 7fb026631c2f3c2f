import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '#core/bpmn/graph.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import {
  addressOf,
  afterVerdict,
  commandOf,
  expiresAt,
  hasMovedOn,
  isOfForm,
  isOpenAt,
  isOutdatedBy,
  type KeptHead,
  type KeptState,
  keptForForm,
  keptOf,
  pauseMs,
  type Verdict,
} from './kept.ts';

const NOW = new Date('2026-11-30T08:00:00.000Z');
const service = { kind: 'service', serviceKey: 'consult' } as const;
const task = { kind: 'task', instanceId: 'i-1', taskId: '7' } as const;

const aHead = (more: Partial<KeptHead> = {}): KeptHead => ({
  id: 'k-1',
  personId: 'p-1',
  scope: task,
  draft: { id: 'd-1', version: 2 },
  formHash: 'f'.repeat(64),
  label: { service: { 'zh-CN': '远程会诊' }, step: null, number: null },
  keptAt: '2026-11-30T07:00:00.000Z',
  state: { kind: 'to-save' },
  ...more,
});
const toSend: KeptState = { kind: 'to-send', commandId: 'c-1' };

describe('what a device keeps', () => {
  it.each([
    ['2026-11-23T08:00:00.001Z', 1],
    ['2026-11-23T08:00:00.000Z', 0],
    ['2026-11-01T00:00:00.000Z', 0],
    // The clock of a device may have been ahead.
    ['2026-12-01T00:00:00.000Z', 1],
  ])('since %s is there for seven days', (keptAt, count) => {
    expect(keptOf([aHead({ keptAt })], 'p-1', NOW)).toHaveLength(count);
  });

  it('says until when', () => expect(expiresAt({ keptAt: '2026-11-30T07:00:00.000Z' })).toBe('2026-12-07T07:00:00.000Z'));

  it('is never seen by another person', () => {
    const person = fc.constantFrom('p-1', 'p-2', 'p-3');
    const head = fc.record({ personId: person, id: fc.uuid(), minutes: fc.nat(20_000) });
    fc.assert(
      fc.property(fc.array(head), person, (some, who) => {
        const heads = some.map(({ personId, id, minutes }) =>
          aHead({ personId, id, keptAt: new Date(NOW.getTime() - minutes * 60_000).toISOString() }),
        );
        const mine = keptOf(heads, who, NOW);
        expect(mine.every(({ personId }) => personId === who)).toBe(true);
        // All that is mine and not too old, and the oldest goes first.
        expect(mine.length).toBe(
          heads.filter(({ personId, keptAt }) => personId === who && expiresAt({ keptAt }) > NOW.toISOString()).length,
        );
        expect(mine.map(({ keptAt }) => keptAt)).toEqual(mine.map(({ keptAt }) => keptAt).toSorted());
      }),
    );
  });
});

describe('a form that is opened', () => {
  const fresh = aHead({ id: 'k-2', scope: service, draft: { id: 'd-2', version: 0 } });
  const saved = aHead({ id: 'k-3', scope: service, draft: { id: 'd-3', version: 4 } });
  const sent = aHead({ ...fresh, id: 'k-4', state: toSend });
  it.each([
    ['a task goes on with what was written for it', aHead(), { scope: task, draftId: null, keptId: null }, true],
    ['a task does not take what belongs to another', aHead(), { scope: { ...task, taskId: '8' }, draftId: null, keptId: null }, false],
    ['a task does not take an application', fresh, { scope: task, draftId: null, keptId: null }, false],
    [
      'an application that was never saved goes on where the service is opened',
      fresh,
      { scope: service, draftId: null, keptId: null },
      true,
    ],
    ['an application that was sent leaves the next one alone', sent, { scope: service, draftId: null, keptId: null }, false],
    ['an application that was sent is opened by its own address', sent, { scope: service, draftId: null, keptId: 'k-4' }, true],
    ['a draft goes on where that draft is opened', saved, { scope: service, draftId: 'd-3', keptId: null }, true],
    ['a draft does not go on in a new application', saved, { scope: service, draftId: null, keptId: null }, false],
    ['a draft does not go on in another draft', saved, { scope: service, draftId: 'd-9', keptId: null }, false],
    ['another service is another form', fresh, { scope: { ...service, serviceKey: 'referral' }, draftId: null, keptId: null }, false],
  ] as const)('%s', (_what, head, form, expected) => expect(isOfForm(head, form)).toBe(expected));

  it('goes on with the newest of several', () => {
    const older = aHead({ id: 'a', keptAt: '2026-11-30T06:00:00.000Z' });
    const newer = aHead({ id: 'b', keptAt: '2026-11-30T07:30:00.000Z' });
    expect(keptForForm(keptOf([newer, older], 'p-1', NOW), { scope: task, draftId: null, keptId: null })?.id).toBe('b');
  });

  it.each([fresh, saved, sent, aHead()])('is open at its own address', (head) => {
    const { pathname, search } = new URL(addressOf(head), 'https://example.org');
    expect(isOpenAt(head, { pathname, search })).toBe(true);
    expect(isOpenAt(head, { pathname: '/inbox', search: '' })).toBe(false);
  });
  it('is open at the address of its draft', () => expect(isOpenAt(saved, { pathname: '/apply/consult', search: '?draft=d-3' })).toBe(true));
});

describe('what an answer of the server makes of it', () => {
  const states: readonly KeptState[] = [{ kind: 'to-save' }, toSend];
  const verdicts: readonly (readonly [Verdict, string, string])[] = [
    [{ kind: 'done' }, 'nothing', 'nothing'],
    [{ kind: 'away' }, 'to-save', 'to-send'],
    [{ kind: 'signed-out' }, 'to-save', 'to-send'],
    [{ kind: 'refused', code: 'task-done' }, 'not-saved', 'not-sent'],
    [{ kind: 'conflict' }, 'conflict', 'conflict'],
    [{ kind: 'gone' }, 'to-save', 'to-save'],
  ];
  it.each(verdicts)('%o', (verdict, ...expected) => {
    expect(states.map((state) => afterVerdict(aHead({ state }), verdict)?.state.kind ?? 'nothing')).toEqual(expected);
  });
  it('what was on its way from a page that is gone waits like the rest', () => {
    expect(afterVerdict(aHead({ state: { kind: 'saving' } }), { kind: 'away' })?.state).toEqual({ kind: 'to-save' });
  });
  it('a draft that is no longer there becomes one of its own', () => {
    expect(afterVerdict(aHead(), { kind: 'gone' })?.draft).toEqual({ id: 'k-1', version: 0 });
  });
});

describe('a decision that waited', () => {
  const submissions = (...ids: readonly string[]) => ids.map((id) => ({ id })) as never;
  it.each([
    ['stands while nothing came or went', ['a', 'b'], 'claimed', ['b', 'a'], false],
    ['is looked at again when something was submitted meanwhile', ['a'], 'claimed', ['a', 'b'], true],
    ['is looked at again when something was submitted anew', ['a'], 'ready', ['b'], true],
    ['is for the door when the task is over: it may have been this very decision', ['a'], 'done', ['a', 'b'], false],
    ['is for the door when the task was canceled', ['a'], 'canceled', [], false],
  ] as const)('%s', (_what, seen, state, now, expected) => {
    expect(hasMovedOn(seen, { state, submissions: submissions(...now) })).toBe(expected);
  });
});

describe('what is sent', () => {
  const response: QuestionnaireResponse = { resourceType: 'QuestionnaireResponse', status: 'completed' };
  const outcome: Outcome = {
    code: 'approve',
    name: { 'zh-CN': '通过' },
    tone: 'primary',
    reason: { kind: 'optional' },
    formRequired: true,
  };
  it('is the decision of the task, with its answers and its reason', () => {
    const sending = { kind: 'complete', outcome, reason: '同意', seen: [] } as const;
    expect(commandOf(aHead({ state: toSend }), { response, unanswered: [], sending })).toEqual({
      path: '/api/instances/i-1/tasks/7/complete',
      body: { outcome: 'approve', reason: '同意', formHash: 'f'.repeat(64), response },
    });
  });
  it.each([
    [0, {}],
    [3, { draftId: 'd-1' }],
  ])('is the application, with the draft of version %i', (version, more) => {
    const head = aHead({ scope: service, draft: { id: 'd-1', version }, state: toSend });
    expect(commandOf(head, { response, unanswered: [], sending: { kind: 'start' } })).toEqual({
      path: '/api/instances',
      body: { serviceKey: 'consult', formHash: 'f'.repeat(64), response, ...more },
    });
  });
  it('is nothing else', () => {
    expect(() => commandOf(aHead(), { response, unanswered: [], sending: { kind: 'start' } })).toThrow();
    expect(() => commandOf(aHead(), { response, unanswered: [], sending: null })).toThrow();
  });

  const sent = aHead({ id: 'sent', state: toSend });
  it.each([
    ['makes an older draft of the same form needless', aHead({ id: 'x', keptAt: '2026-11-30T06:00:00.000Z' }), true],
    ['leaves alone what was written later', aHead({ id: 'x', keptAt: '2026-11-30T07:30:00.000Z' }), false],
    ['leaves alone what is to be sent as well', aHead({ id: 'x', keptAt: '2026-11-30T06:00:00.000Z', state: toSend }), false],
    ['leaves alone another form', aHead({ id: 'x', keptAt: '2026-11-30T06:00:00.000Z', scope: service }), false],
  ] as const)('%s', (_what, head, expected) => expect(isOutdatedBy(head, sent)).toBe(expected));
});

describe('tries that reach nobody', () => {
  it('come at growing distances, five minutes at most', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 60].map(pauseMs)).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1_000));
  });
});
