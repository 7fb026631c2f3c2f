/** Forms of the flows: listed, read in each version, changed as an edition and published with their flow. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { importQuestionnaire } from '#core/form/import.ts';
import { problemText } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';

import { type EditionMove, editionCan } from '#core/version/edition.ts';
import {
  type FormKey,
  insertEdition,
  moveEdition,
  openEdition,
  readEditions,
  readRevisions,
  rebaseEdition,
  type StoredEdition,
  saveEdition,
} from '#db/editions.ts';
import { readVersion } from '#db/versions.ts';
import { checkEdition, currentSet, formIn, publishEdition, setOf } from '#engine/editions.ts';
import { ApiError, notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { stepsTried } from '../read/carried.ts';
import { editionHead, editionView, formHistory, formsOfFlows } from '../read/forms.ts';
import { migrationSteps } from '../read/steps.ts';
import type {
  EditionCheckView,
  EditionHead,
  EditionPublishedView,
  EditionView,
  FormHistoryView,
  FormsView,
  FormTextView,
  RevisionView,
  StepsTriedView,
} from '../views/forms.ts';

const form = {
  flow: z.string().max(100),
  form: z.string().min(1).max(100),
};
/** Addresses and file names are made of the key of a form that is new. */
const NEW_KEY = /^[a-z0-9][a-z0-9-]*$/;
/** Which text is meant: what was seen, and no later one. */
const seen = { id: z.uuid(), revision: z.number().int().min(1).max(2_147_483_647) };
const note = z.string().trim().max(2_000).optional();
const questionnaire = z.record(z.string(), z.unknown());
const EDITION = '/forms/:flow/:form/edition';

export const forms = defineOperation({
  name: 'forms',
  method: 'get',
  path: '/forms',
  summary: 'Every form of every flow, who asks it, and whether it is being changed',
  input: z.object({}),
  right: 'form.read',
  run: (context): Promise<FormsView> => formsOfFlows(context),
});

export const formHistoryOperation = defineOperation({
  name: 'formHistory',
  method: 'get',
  path: '/forms/:flow/:form',
  summary: 'One form: its versions, where it is used, and how it was changed',
  input: z.object(form),
  right: 'form.read',
  async run(context, which): Promise<FormHistoryView> {
    const found = await formHistory(context, keyOf(which));
    if (!found) throw notFound();
    return found;
  },
});

export const formText = defineOperation({
  name: 'formText',
  method: 'get',
  path: '/forms/:flow/:form/versions/:version',
  summary: 'What a form said in a version of its flow',
  input: z.object({ ...form, version: z.coerce.number().int().min(1).max(2_147_483_647) }),
  right: 'form.read',
  async run(context, { version, ...which }): Promise<FormTextView> {
    const { db } = context.runtime;
    const stored = await readVersion(db, { key: which.flow, version });
    const set = stored && (await setOf(db, stored));
    const json = set && formIn(set.set, which.form);
    if (!json) throw notFound();
    return { version, questionnaire: json };
  },
});

export const beginEdition = defineOperation({
  name: 'beginEdition',
  method: 'post',
  path: EDITION,
  summary: 'Begin to change a form: what it says now, or another text that is given; a form that the flow lacks needs one',
  input: z.object({ ...form, questionnaire: questionnaire.optional() }),
  right: 'form.edit',
  async run(context, { questionnaire: given, ...asked }): Promise<EditionView> {
    const which = keyOf(asked);
    const { db } = context.runtime;
    const current = await currentSet(db, which.serviceKey);
    if (!current) throw notFound();
    const base = formIn(current.set, which.formKey);
    if (base === null && (given === undefined || !NEW_KEY.test(which.formKey))) throw notFound();
    const inserted = await insertEdition(db, {
      ...which,
      id: randomUUID(),
      ...((await baseOf(context, which)) ?? { basedOn: null, baseHash: null }),
      questionnaire: given === undefined ? (base ?? {}) : readable(given),
      byPerson: context.standing.person.id,
    });
    if (!inserted) throw await openAlready(context, which);
    return editionView(context, inserted);
  },
});

export const edition = defineOperation({
  name: 'edition',
  method: 'get',
  path: EDITION,
  summary: 'A form as it is being changed',
  input: z.object(form),
  right: 'form.read',
  run: async (context, which): Promise<EditionView> => editionView(context, await openOne(context, keyOf(which))),
});

export const saveEditionOperation = defineOperation({
  name: 'saveEdition',
  method: 'put',
  path: EDITION,
  summary: 'Save a form that is being changed on top of the revision that was seen',
  input: z.object({
    ...form,
    ...seen,
    questionnaire,
    steps: migrationSteps.nullable().default(null),
  }),
  right: 'form.edit',
  async run(context, { questionnaire: text, id, revision, steps, ...asked }): Promise<EditionHead> {
    const saved = await saveEdition(context.runtime.db, {
      id: (await openOne(context, keyOf(asked), id)).id,
      revision,
      questionnaire: readable(text),
      steps,
      byPerson: context.standing.person.id,
    });
    if (!saved) throw await conflict(context, keyOf(asked));
    return editionHead(context, saved);
  },
});

export const checkEditionOperation = defineOperation({
  name: 'checkEdition',
  method: 'post',
  path: `${EDITION}/check`,
  summary: 'What the checker says of the whole flow with the form as it is being changed',
  input: z.object(form),
  right: 'form.read',
  async run(context, which): Promise<EditionCheckView> {
    const found = await openOne(context, keyOf(which));
    const checked = await checkEdition(context.runtime.db, found, found.questionnaire);
    if (!checked) throw notFound();
    return { findings: checked.findings };
  },
});

const moved = (name: string, act: Exclude<EditionMove, 'publish'>, summary: string) =>
  defineOperation({
    name,
    method: 'post',
    path: `${EDITION}/${act}`,
    summary,
    input: z.object({ ...form, ...seen, note }),
    right: 'form.edit',
    async run(context, { note: why, id, revision, ...asked }): Promise<EditionView> {
      const found = await openOne(context, keyOf(asked), id);
      const { db } = context.runtime;
      // What is sent back is compared with what is asked by then, so that it can be published over it.
      const base = act === 'send-back' ? await baseOf(context, found) : null;
      await db.transaction().execute(async (trx) => {
        const moving = { id, revision, act, from: found.state, ...by(context), note: why || null };
        if (!editionCan(act, found.state) || !(await moveEdition(trx, moving))) throw await conflict(context, found);
        if (base) await rebaseEdition(trx, { id, ...base });
      });
      const [now] = await readEditions(db, { id });
      if (!now) throw notFound();
      return editionView(context, now);
    },
  });

export const sendEditionToReview = moved('sendEditionToReview', 'send-to-review', 'Ask for a review: from now on the form is not changed');
export const sendEditionBack = moved('sendEditionBack', 'send-back', 'Send a form back to be changed again');
export const discardEdition = moved('discardEdition', 'discard', 'Put the changes of a form away');

export const publishEditionOperation = defineOperation({
  name: 'publishEdition',
  method: 'post',
  path: `${EDITION}/publish`,
  summary: 'Publish a form that was reviewed, as the next version of its flow; new instances start with it',
  input: z.object({ ...form, ...seen, note }),
  right: 'form.publish',
  async run(context, { note: why, id, revision, ...asked }): Promise<EditionPublishedView> {
    const found = await openOne(context, keyOf(asked), id);
    if (found.revision !== revision) throw await conflict(context, found);
    const result = await publishEdition(context.runtime.db, found, { ...by(context), note: why || null });
    switch (result.kind) {
      case 'done':
        return { version: result.version, findings: result.findings };
      case 'faulty':
        throw new ApiError(422, {
          code: 'definition-faulty',
          data: { findings: result.findings.filter(({ severity }) => severity === 'error') },
        });
      case 'outdated':
        throw new ApiError(409, { code: 'edition-outdated' });
      case 'not-now':
        throw new ApiError(409, { code: 'edition-moved-on' });
      case 'not-found':
        throw notFound();
    }
  },
});

export const editionRevisions = defineOperation({
  name: 'editionRevisions',
  method: 'get',
  path: '/forms/:flow/:form/editions/:id/revisions',
  summary: 'What a form said revision by revision, and by whom: who changed what',
  input: z.object({ ...form, id: z.uuid() }),
  right: 'form.read',
  async run(context, { id, ...asked }): Promise<readonly RevisionView[]> {
    const { db, directory } = context.runtime;
    const [found] = await readEditions(db, { ...keyOf(asked), id });
    if (!found) throw notFound();
    const revisions = await readRevisions(db, id);
    const persons = await directory.persons(revisions.map(({ byPerson }) => byPerson));
    return revisions.map(({ byPerson, ...revision }) => ({ ...revision, by: persons.get(byPerson) ?? null }));
  },
});

export const tryFormSteps = defineOperation({
  name: 'tryFormSteps',
  method: 'post',
  path: `${EDITION}/try-steps`,
  summary: 'How many open drafts these steps would carry over, and which answers would be lost; nothing of the answers is told',
  input: z.object({ ...form, steps: migrationSteps }),
  right: 'form.publish',
  async run(context, { steps, ...asked }): Promise<StepsTriedView> {
    const found = await openOne(context, keyOf(asked));
    return stepsTried(context, found, steps);
  },
});

const keyOf = ({ flow, form: formKey }: { readonly flow: string; readonly form: string }): FormKey => ({ serviceKey: flow, formKey });

const by = (context: Context) => ({ byPerson: context.standing.person.id });

/** `id`: the one that is meant; another one may have been begun since. */
async function openOne(context: Context, which: FormKey, id?: string): Promise<StoredEdition> {
  const found = await openEdition(context.runtime.db, which);
  if (id !== undefined && found?.id !== id) throw new ApiError(409, { code: 'edition-moved-on' });
  if (!found) throw notFound();
  return found;
}

/** The version of the flow that starts new instances, and the form in it; null where it has none. */
async function baseOf(context: Context, { serviceKey, formKey }: FormKey): Promise<Pick<StoredEdition, 'basedOn' | 'baseHash'> | null> {
  const current = await currentSet(context.runtime.db, serviceKey);
  const graphHash = current?.version.graphHash;
  if (!current || !graphHash || formIn(current.set, formKey) === null) return null;
  const { forms: pinned } = await context.runtime.definitions.graph(graphHash);
  return { basedOn: current.version.version, baseHash: pinned[formKey] ?? null };
}

/** Half written it may be, but a questionnaire: what the checker says is for its author to see, not for the way in. */
function readable(input: object): Questionnaire {
  const parsed = importQuestionnaire(input);
  if (!parsed.ok) throw new ApiError(422, { code: 'form-malformed', data: { problems: problemText(parsed.problems) } });
  return parsed.value;
}

async function openAlready(context: Context, which: FormKey): Promise<ApiError> {
  const open = await openEdition(context.runtime.db, which);
  const head = open && (await editionHead(context, open));
  return new ApiError(409, { code: 'edition-open', ...(head && { data: { ...head } }) });
}

async function conflict(context: Context, which: FormKey): Promise<ApiError> {
  const now = await openOne(context, which);
  const head = await editionHead(context, now);
  return new ApiError(409, { code: now.state === 'draft' ? 'edition-conflict' : 'edition-moved-on', data: { ...head } });
}
