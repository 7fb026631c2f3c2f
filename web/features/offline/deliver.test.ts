import { describe, expect, it } from 'vitest';
import type { CommandAnswer, TaskView } from '#api/views.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import { ApiError } from '#web/lib/api.ts';
import { type Delivery, deliver, verdictOf } from './deliver.ts';
import type { KeptContent, KeptHead } from './kept.ts';

const outcome: Outcome = { code: 'approve', name: { 'zh-CN': '通过' }, tone: 'primary', reason: { kind: 'none' }, formRequired: true };
const answer: CommandAnswer = { instanceId: 'i-1', number: 'HZ1', seq: 4, nextTask: null };

const aHead = (id: string, more: Partial<KeptHead> = {}): KeptHead => ({
  id,
  personId: 'p-1',
  scope: { kind: 'task', instanceId: 'i-1', taskId: id },
  draft: { id: `d-${id}`, version: 1 },
  formHash: 'f'.repeat(64),
  label: { service: { 'zh-CN': '远程会诊' }, step: null, number: null },
  keptAt: `2026-11-30T07:00:0${id}.000Z`,
  state: { kind: 'to-save' },
  ...more,
});
const toSend = (commandId: string) => ({ state: { kind: 'to-send', commandId } }) as const;

/** A device and a server in memory: what the server was asked, and what lies on the device afterwards. */
function aDevice(heads: readonly KeptHead[], server: (path: string, body: Record<string, unknown>) => unknown) {
  const stored = new Map(heads.map((head) => [head.id, head]));
  const held = new Set<string>();
  const asked: string[] = [];
  const delivery: Delivery = {
    kept: {
      list: async () => [...stored.values()].sort((a, b) => a.keptAt.localeCompare(b.keptAt)),
      read: async (id) => {
        const head = stored.get(id);
        const sending = head?.state.kind === 'to-send' ? ({ kind: 'complete', outcome, seen: ['s-1'] } as const) : null;
        const content: KeptContent = {
          response: { resourceType: 'QuestionnaireResponse', status: 'completed' },
          unanswered: ['u-1'],
          sending,
        };
        return head ? { head, content } : null;
      },
      hold: async (id) => {
        if (held.has(id)) return null;
        held.add(id);
        return () => held.delete(id);
      },
      change: async (head) => void stored.set(head.id, head),
      drop: async (ids) => {
        for (const id of ids) stored.delete(id);
      },
      tellSent: () => undefined,
    },
    send: async <Answer>(_method: string, path: string, body?: unknown) => {
      asked.push(path);
      await Promise.resolve();
      return server(path, body as Record<string, unknown>) as Answer;
    },
    readTask: async () => ({ state: 'claimed', submissions: [{ id: 's-1' }] }) as unknown as TaskView,
    isOpen: () => false,
  };
  const states = () => Object.fromEntries([...stored.values()].map(({ id, state }) => [id, state]));
  return { delivery, asked, held, states, stored };
}

const refuse = (status: number, code: string, data?: Record<string, unknown>) => () => {
  throw new ApiError(status, { code, ...(data && { data }) });
};

describe('what waits', () => {
  it('goes in the order in which it was written, drafts and submissions alike, and is kept no longer', async () => {
    const { delivery, asked, states } = aDevice([aHead('3'), aHead('1', toSend('c-1')), aHead('2')], () => answer);
    const { end, saved, sent } = await deliver(delivery);
    expect(asked).toEqual(['/api/instances/i-1/tasks/1/complete', '/api/drafts', '/api/drafts']);
    expect([end, saved.length, sent.map((each) => each.answer.number), states()]).toEqual(['done', 2, ['HZ1'], {}]);
  });

  it('carries what tells the server a repetition: the id of its command, and the saves that got no answer', async () => {
    const bodies: unknown[] = [];
    const { delivery } = aDevice([aHead('1', toSend('c-1')), aHead('2')], (_path, body) => {
      bodies.push(body);
      return answer;
    });
    await deliver(delivery);
    expect(bodies).toMatchObject([{ commandId: 'c-1' }, { id: 'd-2', version: 1, saveId: '2', unanswered: ['u-1', '2'] }]);
  });

  it('waits on when nobody answers, and nothing behind it is tried', async () => {
    const { delivery, asked, states } = aDevice([aHead('1', toSend('c-1')), aHead('2')], refuse(0, 'offline'));
    expect((await deliver(delivery)).end).toBe('away');
    expect([asked.length, states()]).toMatchObject([1, { 1: toSend('c-1').state, 2: { kind: 'to-save' } }]);
  });

  it('is told apart: what is refused stays with its reason, and the rest goes on', async () => {
    const { delivery, states } = aDevice([aHead('1', toSend('c-1')), aHead('2')], (path) =>
      path.endsWith('complete') ? refuse(409, 'task-done')() : answer,
    );
    const { refused, saved } = await deliver(delivery);
    expect([refused.length, saved.length, states()]).toEqual([1, 1, { 1: { kind: 'not-sent', code: 'task-done' } }]);
  });

  it('is not sent where what it decides about has changed: the door is not even asked', async () => {
    const { delivery, asked, states } = aDevice([aHead('1', toSend('c-1'))], () => answer);
    const changed = { state: 'claimed', submissions: [{ id: 's-2' }] } as unknown as TaskView;
    await deliver({ ...delivery, readTask: async () => changed });
    expect([asked, states()]).toEqual([[], { 1: { kind: 'not-sent', code: 'moved-on' } }]);
  });

  it('asks the person where another device saved meanwhile', async () => {
    const { delivery, states } = aDevice([aHead('1')], refuse(409, 'draft-conflict', { id: 'd-1' }));
    await deliver(delivery);
    expect(states()).toEqual({ 1: { kind: 'conflict' } });
  });

  it('becomes a draft of its own where its draft was thrown away, and goes the next time', async () => {
    const { delivery, stored, states } = aDevice([aHead('1')], (_path, body) =>
      body.version === 0 ? answer : refuse(409, 'draft-conflict')(),
    );
    await deliver(delivery);
    expect(stored.get('1')?.draft).toEqual({ id: '1', version: 0 });
    await deliver(delivery);
    expect(states()).toEqual({});
  });

  it('is left to the page that has it in hand', async () => {
    const { delivery, asked, held } = aDevice([aHead('1'), aHead('2')], () => answer);
    held.add('1');
    await deliver({ ...delivery, isOpen: ({ id }) => id === '2' });
    expect(asked).toEqual([]);
  });

  it('goes once, though two pages bring it at the same moment', async () => {
    const { delivery, asked } = aDevice([aHead('1', toSend('c-1')), aHead('2')], () => answer);
    await Promise.all([deliver(delivery), deliver(delivery)]);
    expect(asked.toSorted()).toEqual(['/api/drafts', '/api/instances/i-1/tasks/1/complete']);
  });

  it('lets go of everything, whatever happens', async () => {
    const { delivery, held } = aDevice([aHead('1')], refuse(401, 'signed-out'));
    expect((await deliver(delivery)).end).toBe('signed-out');
    expect(held.size).toBe(0);
  });
});

describe('an error of a call', () => {
  it.each([
    [new ApiError(0, { code: 'offline' }), { kind: 'away' }],
    [new ApiError(502, { code: 'unexpected' }), { kind: 'away' }],
    [new ApiError(503, { code: 'busy' }), { kind: 'away' }],
    [new TypeError('aborted'), { kind: 'away' }],
    [new ApiError(401, { code: 'signed-out' }), { kind: 'signed-out' }],
    [new ApiError(409, { code: 'draft-conflict', data: { id: 'd' } }), { kind: 'conflict' }],
    [new ApiError(409, { code: 'draft-conflict' }), { kind: 'gone' }],
    [new ApiError(422, { code: 'form-invalid' }), { kind: 'refused', code: 'form-invalid' }],
    // A fault of ours would fail again and again.
    [new ApiError(500, { code: 'internal' }), { kind: 'refused', code: 'internal' }],
  ])('%s is read as %o', (error, verdict) => expect(verdictOf(error)).toEqual(verdict));
});
