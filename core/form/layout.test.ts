import { describe, expect, it } from 'vitest';
import { EXTENSION } from './extensions.ts';
import { isTable, layoutOf } from './layout.ts';
import { pagesOf } from './pages.ts';
import type { QuestionnaireItem } from './questionnaire.ts';
import { control, form, item } from './sample-form.ts';

const OPTIONS = ['never', 'often'].map((code) => ({ valueCoding: { code } }));
const asked = (linkId: string, text = linkId) => item(linkId, 'choice', { text, answerOption: OPTIONS });
const group = (code: string, ...children: readonly QuestionnaireItem[]) => item('group', 'group', { extension: [control(code)] }, children);
const layout = (code: string, ...children: readonly QuestionnaireItem[]) => layoutOf(form(), group(code, ...children));
const hidden = { url: EXTENSION.hidden, valueBoolean: true };

describe('a matrix', () => {
  it('is questions with the same options', () => {
    expect(layout('table', asked('a'), asked('b'))).toMatchObject({ kind: 'matrix', isTurned: false });
    expect(layout('htable', asked('a'), asked('b'))).toMatchObject({ kind: 'matrix', isTurned: true });
  });

  it('keeps its explanations above it', () => {
    const matrix = layout('table', item('why', 'display'), asked('a'));
    expect(matrix).toMatchObject({ kind: 'matrix', others: [{ linkId: 'why' }], questions: [{ linkId: 'a' }] });
  });

  it.each([
    ['other options', item('b', 'choice', { answerOption: OPTIONS.slice(1) })],
    ['another type', item('b', 'string')],
    ['a question below a question', item('b', 'choice', { answerOption: OPTIONS }, [item('c', 'string')])],
    ['a group', item('b', 'group', {}, [asked('c')])],
  ])('is not drawn where there is %s', (_, other) => {
    expect(layout('table', asked('a'), other).kind).toBe('fields');
  });
});

describe('a grid', () => {
  const row = (linkId: string, ...heads: readonly string[]) =>
    item(
      linkId,
      'group',
      {},
      heads.map((head) => item(`${linkId}-${head}`, 'string', { text: head })),
    );

  it('has a column for each question, whichever rows ask it', () => {
    const grid = layout('grid', row('left', 'force', 'pain'), row('right', 'pain'));
    expect(grid.kind === 'grid' && grid.columns.map((cells) => cells.map((cell) => cell?.linkId ?? null))).toEqual([
      ['left-force', null],
      ['left-pain', 'right-pain'],
    ]);
  });

  it('is not drawn where a row repeats or holds groups', () => {
    expect(layout('grid', { ...row('left', 'force'), repeats: true }).kind).toBe('fields');
    expect(layout('grid', item('row', 'group', {}, [row('inner', 'force')])).kind).toBe('fields');
  });
});

describe('tabs', () => {
  const tab = (linkId: string) => item(linkId, 'group', {}, [item(`${linkId}-q`, 'string')]);

  it('are the groups; what else there is stands above them', () => {
    const tabs = layout('tab-container', item('intro', 'display'), tab('one'), tab('two'));
    expect(tabs).toMatchObject({ kind: 'tabs', others: [{ linkId: 'intro' }], tabs: [{ linkId: 'one' }, { linkId: 'two' }] });
  });

  it('need two', () => {
    expect(layout('tab-container', tab('one')).kind).toBe('fields');
    expect(layout('tab-container', tab('one'), { ...tab('two'), extension: [hidden] }).kind).toBe('fields');
  });
});

it('a group that repeats is rows or a table of rows', () => {
  const rows = (code: string) => layoutOf(form(), { ...group(code, item('x', 'string')), repeats: true }).kind;
  expect([rows('gtable'), rows('grid'), rows('table')]).toEqual(['table', 'rows', 'rows']);
});

describe('pages', () => {
  const page = (linkId: string) => item(linkId, 'group', { extension: [control('page')] }, [item(`${linkId}-q`, 'string')]);
  const names = (...items: readonly QuestionnaireItem[]) =>
    pagesOf(form(...items))?.pages.map((each) => each.items.map(({ linkId }) => linkId)) ?? null;

  it('are top-level groups; what stands between them belongs to the page before', () => {
    expect(names(item('intro', 'display'), page('one'), item('q', 'string'), page('two'))).toEqual([['intro', 'one', 'q'], ['two']]);
  });

  it('may stand in one group around them', () => {
    expect(names(item('all', 'group', {}, [page('one'), page('two')]))).toEqual([['one'], ['two']]);
    expect(names(item('all', 'group', {}, [page('one')]), item('q', 'string'))).toBeNull();
  });

  it('share header and footer', () => {
    const header = item('head', 'display', { extension: [control('header')] });
    const footer = item('foot', 'display', { extension: [control('footer')] });
    const paged = pagesOf(form(header, page('one'), footer));
    expect([paged?.headers, paged?.footers, paged?.pages.length]).toEqual([[header], [footer], 1]);
  });

  it('are not made of a form without any', () => {
    expect(names(item('one', 'group', {}, [item('q', 'string')]))).toBeNull();
  });
});

it('a table holds plain questions only', () => {
  const table = (...children: readonly QuestionnaireItem[]) => isTable({ ...group('gtable', ...children), repeats: true });
  expect(table(item('x', 'string'))).toBe(true);
  expect(table(item('x', 'group'))).toBe(false);
});
