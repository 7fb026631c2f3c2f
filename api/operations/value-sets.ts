import { z } from 'zod';
import { externalLists } from '#core/form/terminology/external.ts';
import { isForm } from '#db/contents.ts';
import { ApiError, notFound } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import type { ValueSetView } from '../views.ts';

/** Only for value sets that a stored form leaves to terminology servers: this is no way to ask a server anything else. */
export const expandValueSet = defineOperation({
  name: 'expandValueSet',
  method: 'get',
  path: '/value-sets/expand',
  summary: 'What a form offers from a value set on a terminology server, by a part of its words or code',
  input: z.object({
    form: z.string().regex(/^[0-9a-f]{64}$/),
    url: z.string().min(1).max(1_000),
    filter: z.string().trim().max(100).default(''),
  }),
  right: 'signed-in',
  async run(context, { form, url, filter }): Promise<ValueSetView> {
    const { db, definitions, terminology } = context.runtime;
    if (!(await isForm(db, form))) throw notFound();
    const lists = [...externalLists(await definitions.form(form)).values()];
    const list = lists.find(({ canonical }) => canonical === url);
    if (!list) throw notFound();
    const found = await terminology.find(list, filter);
    switch (found.kind) {
      case 'answered':
        return found.value;
      case 'unknown':
        throw new ApiError(422, { code: 'value-set-unknown' });
      case 'away':
        throw new ApiError(503, { code: 'terminology-away' });
    }
  },
});
