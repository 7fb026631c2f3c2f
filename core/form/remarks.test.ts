import { describe, expect, it } from 'vitest';
import type { QuestionnaireItem } from './questionnaire.ts';
import { remarksIn, unansweredRemarks } from './remarks.ts';
import type { ResponseItem } from './response.ts';

const row = (code: string | null, words: string | null): ResponseItem => ({
  linkId: 'review.cells',
  item: [
    ...(code === null ? [] : [{ linkId: 'review.cells.cell', answer: [{ valueCoding: { code } }] }]),
    ...(words === null ? [] : [{ linkId: 'review.cells.words', answer: [{ valueString: words }] }]),
  ],
});

describe('remarks on answers', () => {
  it('are the rows that name a question and say something, wherever their group stands', () => {
    const item = [
      row('a.count', ' 与上期不符 '),
      row(null, '没有指明'),
      row('a.note', null),
      { linkId: 'part', item: [row('b.count', '核对')] },
    ];
    expect(remarksIn({ item }, ['review.cells'])).toEqual([
      { linkId: 'a.count', words: '与上期不符' },
      { linkId: 'b.count', words: '核对' },
    ]);
    expect(remarksIn({ item }, ['other'])).toEqual([]);
  });
});

const items: readonly QuestionnaireItem[] = [
  {
    linkId: 'a',
    type: 'group',
    item: [
      { linkId: 'a.count', type: 'integer' },
      { linkId: 'a.all', type: 'integer' },
      { linkId: 'a.note', type: 'text' },
    ],
  },
  {
    linkId: 'b',
    type: 'group',
    item: [
      { linkId: 'b.count', type: 'integer' },
      { linkId: 'b.note', type: 'text' },
    ],
  },
];
const answered = (count: number | null, note: string | null) => ({
  item: [
    {
      linkId: 'a',
      item: [
        ...(count === null ? [] : [{ linkId: 'a.count', answer: [{ valueInteger: count }] }]),
        ...(note === null ? [] : [{ linkId: 'a.note', answer: [{ valueString: note }] }]),
      ],
    },
  ],
});

describe('a remark is answered', () => {
  it.each([
    ['by another answer', answered(9, null), answered(8, null), []],
    ['by an answer where there was none', answered(null, null), answered(0, null), []],
    ['by an answer that is taken away', answered(9, null), answered(null, null), []],
    ['by a word beside it', answered(9, null), answered(9, '夜间一例'), []],
    ['by another word beside it', answered(9, '见附件'), answered(9, '夜间一例'), []],
    ['not by nothing at all', answered(9, null), answered(9, null), ['a.count']],
    ['not by the word that stood there', answered(9, '见附件'), answered(9, '见附件'), ['a.count']],
    ['not by a word that is taken away', answered(9, '见附件'), answered(9, null), ['a.count']],
  ])('%s', (_, before, after, left) => {
    expect(unansweredRemarks(['a.count', 'a.count'], { items, before, after })).toEqual(left);
  });

  it('not by a word beside another question', () => {
    expect(unansweredRemarks(['b.count'], { items, before: answered(9, null), after: answered(9, '夜间一例') })).toEqual(['b.count']);
  });
});
