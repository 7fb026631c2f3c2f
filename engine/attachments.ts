/** Attachments in answers bear our facts of the file, not the client's: its type by content, its size as stored. */

import { fileIdOf } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '#core/form/response.ts';

export interface FileFacts {
  readonly contentType: string;
  readonly size: number;
}

/** Those of the files that this person may attach to this instance. */
export type FindFiles = (ids: readonly string[]) => Promise<ReadonlyMap<string, FileFacts>>;

export function describeAttachments(response: QuestionnaireResponse, files: ReadonlyMap<string, FileFacts>): QuestionnaireResponse {
  const answer = (given: ResponseAnswer): ResponseAnswer => {
    const facts = files.get(fileIdOf(given.valueAttachment?.url) ?? '');
    const { contentType, size } = facts ?? {};
    return {
      ...given,
      ...(facts && { valueAttachment: { ...given.valueAttachment, contentType, size } }),
      ...(given.item && { item: items(given.item) }),
    };
  };
  const items = (given: readonly ResponseItem[]): ResponseItem[] =>
    given.map((item) => ({
      ...item,
      ...(item.answer && { answer: item.answer.map(answer) }),
      ...(item.item && { item: items(item.item) }),
    }));
  return response.item ? { ...response, item: items(response.item) } : response;
}
