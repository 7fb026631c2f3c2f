/** What may be added to an instance at any time, also after its end: comments and copies (P9). */
import type { Rule } from './decide.ts';
import { tooLong } from './lengths.ts';
import { emit } from './step.ts';
import { personOf } from './tasks.ts';

export const COMMENT_LENGTH_MAX = 4_000;
export const MENTIONS_MAX = 50;
export const FILES_MAX = 20;

const comment: Rule<'comment'> = (step, { text, mentions, fileIds, actor }) => {
  if (text.length > COMMENT_LENGTH_MAX) return tooLong('text', COMMENT_LENGTH_MAX);
  if (mentions.length > MENTIONS_MAX) return tooLong('mentions', MENTIONS_MAX);
  if (fileIds.length > FILES_MAX) return tooLong('fileIds', FILES_MAX);
  emit(step, { type: 'commented', by: personOf(actor).personId, text, mentions, fileIds });
  return undefined;
};

const cc: Rule<'cc'> = (step, { personIds, text, actor }) => {
  if (text !== undefined && text.length > COMMENT_LENGTH_MAX) return tooLong('text', COMMENT_LENGTH_MAX);
  if (personIds.length > MENTIONS_MAX) return tooLong('personIds', MENTIONS_MAX);
  emit(step, { type: 'copied', by: personOf(actor).personId, personIds, ...(text === undefined ? {} : { text }) });
  return undefined;
};

export const annexRules = { comment, cc };
