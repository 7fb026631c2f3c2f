/**
 * Publishes the draft of a standard as it stands: title, scope and text leave their instance for the library, where the whole network reads them
 * (docs/decisions/0038). What it replaces is superseded by it.
 */
import { z } from 'zod';
import { instantOf } from '#core/calendar/zone.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { fileIdOf } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import type { Database } from '#db/database.ts';
import { readSubmissions } from '#db/instances.ts';
import { publishStandard, type StandardFile } from '#db/standards.ts';
import { openJson } from '#engine/cipher.ts';
import type { DataKeys } from '#engine/data-keys.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const FORM = 'standard-draft';
const DAY_MS = 86_400_000;
/** Between the deadline and the gathering. */
const GRACE_DAYS = 7;

const inputs = z.object({
  effective: z.iso.date(),
  replaces: z.uuid().nullable(),
  tiers: z.array(z.string()).min(1),
  kinds: z.array(z.string()).min(1),
  adoptionDeadline: z.iso.date(),
  zone: z.string(),
});

export const publishStandardOf =
  ({ db, keys }: { readonly db: Database; readonly keys: Pick<DataKeys, 'find'> }): JobHandler =>
  async ({ instanceId, variables }) => {
    const { zone, ...given } = readInput(inputs, variables);
    const draft = (await readSubmissions(db, instanceId)).filter(({ formKey }) => formKey === FORM).at(-1);
    const key = await keys.find(`instance:${instanceId}`);
    if (!draft || !key) throw new JobError('The draft of the standard is gone.', { isFinal: true });
    const answers = answersIn(openJson<QuestionnaireResponse>(key, 'journal', draft.body));
    const text = (part: string): string | null => answers(`standard.${part}`)[0]?.valueString ?? null;
    const needed = (part: string): string => text(part) ?? missing(part);
    const supersedes = await publishStandard(db, {
      ...given,
      id: instanceId,
      number: text('number'),
      title: needed('title'),
      version: needed('version'),
      kind: answers('standard.kind')[0]?.valueCoding?.code ?? missing('kind'),
      scope: needed('scope'),
      summary: text('summary'),
      training: text('training'),
      files: answers('standard.body').flatMap(fileOf),
    });
    const day = new Date(Date.parse(given.adoptionDeadline) + GRACE_DAYS * DAY_MS).toISOString().slice(0, 10);
    return { replaced: given.replaces, supersedes, gatherAt: new Date(instantOf(day, '23:59:59', zone)).toISOString() };
  };

const answersIn = (response: QuestionnaireResponse) => {
  const all = (items: readonly ResponseItem[] = []): readonly ResponseItem[] => items.flatMap((item) => [item, ...all(item.item)]);
  const flat = all(response.item);
  return (linkId: string): readonly AnswerValue[] => flat.filter((item) => item.linkId === linkId).flatMap(({ answer }) => answer ?? []);
};

function fileOf({ valueAttachment: file }: AnswerValue): readonly StandardFile[] {
  const id = fileIdOf(file?.url);
  return file && id ? [{ id, name: file.title ?? '', contentType: file.contentType ?? '', size: file.size ?? 0 }] : [];
}

function missing(part: string): never {
  throw new JobError(`The draft has no ${part}.`, { isFinal: true });
}
