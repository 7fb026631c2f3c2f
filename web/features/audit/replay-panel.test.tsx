import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ReplayOutcomeView, ReplayView } from '#api/views/audit.ts';
import type { Locale } from '#core/text.ts';
import { reads } from '#web/lib/reads.ts';
import { MESSAGES } from '#web/messages/index.ts';
import { ReplayPanel } from './ReplayPanel.tsx';

const ID = '00000000-0000-4000-8000-000000000000';
const COUNTED = { steps: 41, runs: 2, historyEvents: 313, versions: { semantics: 1, interpreter: '0123456789abcdef' } };

/** As the server draws it with what it has read; null: not read yet. A word that is missing fails the test. */
function draw(locale: Locale, view: ReplayView | null): string {
  const client = new QueryClient();
  if (view) client.setQueryData(reads.replay(ID).key, view);
  const fail = (error: Error) => {
    throw error;
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={MESSAGES[locale]}
      timeZone="Asia/Shanghai"
      now={new Date('2026-11-29T00:00:00Z')}
      onError={fail}
    >
      <QueryClientProvider client={client}>
        <ReplayPanel instanceId={ID} onGo={() => undefined} />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
}

const replayed = (outcome: ReplayOutcomeView | null, done = 3, total = 43): ReplayView => ({
  replay: {
    id: ID,
    by: null,
    askedAt: '2026-11-28T10:00:00.000Z',
    finishedAt: outcome ? '2026-11-28T10:00:07.000Z' : null,
    done,
    total,
    outcome,
  },
});

const WORDS = {
  'zh-CN': {
    ask: '重放',
    never: '还没有人重放过',
    waiting: '等待后台处理',
    same: '每一步都相符',
    erased: '已被删除',
    missing: '归档里都没有',
    failed: '没有完成',
    at7: '第 7 步',
  },
  en: {
    ask: 'Replay',
    never: 'Nobody has had',
    waiting: 'Waiting for a worker',
    same: 'agree in every step',
    erased: 'was erased',
    missing: 'nor in the archive',
    failed: 'could not be done',
    at7: 'at step 7',
  },
} as const;

describe.each(['zh-CN', 'en'] as const)('the replay of an instance, in %s', (locale) => {
  const words = WORDS[locale];

  it('can be asked for before it was read, and says that nobody has asked yet', () => {
    expect(draw(locale, null)).toContain(words.ask);
    expect(draw(locale, { replay: null })).toContain(words.never);
  });

  it('shows that it waits, and how far it is', () => {
    expect(draw(locale, replayed(null, 0, 0))).toContain(words.waiting);
    expect(draw(locale, replayed(null, 21, 42))).toContain('aria-valuenow="50"');
  });

  it('gives its verdict with time, extent and versions', () => {
    const same = draw(locale, replayed({ verdict: 'same', ...COUNTED }));
    for (const text of [words.same, '41', '313', '0123456789abcdef', '2026-11-28T10:00:07.000Z']) expect(same).toContain(text);
    expect(draw(locale, replayed({ verdict: 'erased', ...COUNTED }))).toContain(words.erased);
    expect(draw(locale, replayed({ verdict: 'history-missing', ...COUNTED }))).toContain(words.missing);
    expect(draw(locale, replayed({ verdict: 'failed' }))).toContain(words.failed);
  });

  it.each(['journal', 'hash', 'history'] as const)('names the step and the record that differs: %s', (where) => {
    const differs = draw(locale, replayed({ verdict: 'differs', seq: 7, where, detail: '', ...COUNTED }));
    expect(differs).toContain(words.at7);
    expect(differs).not.toContain(words.same);
  });
});
