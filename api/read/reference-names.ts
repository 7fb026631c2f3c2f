/** Names of our own master data in the other language of the reader. Stored answers are plain references with the Chinese name. */
import type { VisibleResponse } from '#core/form/access/response-for.ts';
import { inEnglish } from '#core/form/localize.ts';
import { findReferred, withReferences } from '#engine/references.ts';
import type { Context } from '../operation.ts';

export const withReferenceNames = ({ runtime: { directory } }: Context, response: VisibleResponse): Promise<VisibleResponse> =>
  withReferences(response, async ({ _display: _, ...reference }) => {
    const found = await findReferred(reference.reference ?? '', (kind, id) => directory.reference(kind, id));
    return found?.displayEn ? { ...reference, _display: inEnglish(found.displayEn) } : reference;
  });
