/**
 * Makes orders of their own of the parts of a sheet (requirements.md 8.2): each with what the doctor wrote, but its own items only, for the same doctor at
 * the same hospital, linked to the sheet. Ids follow from the sheet, so each is started once however often the job runs.
 */
import { z } from 'zod';
import { extractFacts, factsOf } from '#core/form/facts.ts';
import { responseHash } from '#core/form/hash.ts';
import { parseQuestionnaire } from '#core/form/parse.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { idOfReference } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { ITEM_FACTS, ORDER_FORM, PART_START } from '#core/master-data/order.ts';
import type { ProcessState } from '#core/process/state.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import { readContent } from '#db/contents.ts';
import type { Database } from '#db/database.ts';
import { readMaskedPatient, readSubmissions } from '#db/instances.ts';
import { readInstance } from '#db/stored-instance.ts';
import { type Beginnings, contextOf } from '#engine/beginnings.ts';
import { openJson } from '#engine/cipher.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { DataKeys } from '#engine/data-keys.ts';
import type { Processes } from '#engine/processes.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

export interface SplitOrderDependencies {
  readonly db: Database;
  /** For the sheet's own order: a job reads no other answers. */
  readonly keys: Pick<DataKeys, 'find'>;
  readonly beginnings: Pick<Beginnings, 'begin'>;
  readonly processes: Pick<Processes, 'called'>;
}

const inputs = z.object({
  category: z.enum(['exam', 'test']),
  parts: z.array(z.object({ items: z.array(z.string()).min(1) })).min(2),
});

export function splitSheet({ db, keys, beginnings, processes }: SplitOrderDependencies): JobHandler {
  return async ({ instanceId: sheet, variables }) => {
    const { category, parts } = readInput(inputs, variables);
    const instance = await readInstance(db, sheet);
    const key = instance && (await keys.find(`instance:${sheet}`, instance.wrappedKey));
    const submitted = (await readSubmissions(db, sheet)).filter(({ formKey }) => formKey === ORDER_FORM).at(-1);
    if (!key || !submitted) throw new JobError('What was ordered is gone.', { isFinal: true });
    const { processId } = openJson<ProcessState>(key, 'journal', instance.state);
    const process = await processes.called(processId, instance.graphHash);
    if (!process) throw new JobError('No order can be started.', { isFinal: true });
    const form = await formOf(db, submitted.formHash);
    const whole = openJson<QuestionnaireResponse>(key, 'journal', submitted.body);
    const context = contextOf(openJson<ProcessState>(key, 'journal', instance.state).elements[ROOT_KEY]?.variables ?? {});
    const patientMasked = await readMaskedPatient(db, sheet);
    const started: string[] = [];
    for (const [index, { items }] of parts.entries()) {
      const response = ofItems(whole, { form, fact: ITEM_FACTS[category], items });
      const instanceId = commandIdOf('order-part', sheet, index);
      const { formKey, formHash, byPerson } = submitted;
      const result = await beginnings.begin({
        process,
        instanceId,
        actor: { kind: 'system', name: 'job' },
        asked: { partOf: sheet, index },
        startElementId: PART_START,
        variables: { opens: { ...extractFacts(form, response), sheet }, ...context },
        organisationId: instance.organisationId,
        applicantId: instance.applicantId,
        openedBy: sheet,
        application: {
          title: instance.title,
          patientMasked,
          submission: {
            id: commandIdOf('order-part-application', sheet, index),
            taskId: null,
            elementId: PART_START,
            formKey,
            formHash,
            hash: responseHash(response),
            response,
            byPerson,
          },
        },
      });
      if (result.kind === 'refused') throw new JobError(`A part cannot be ordered: ${result.refusal.code}.`, { isFinal: true });
      if (result.kind !== 'accepted') throw new JobError(`The door is ${result.kind}.`);
      started.push(instanceId);
    }
    return { parts: started };
  };
}

async function formOf(db: Database, hash: string): Promise<Questionnaire> {
  const parsed = parseQuestionnaire(JSON.parse((await readContent(db, hash, 'form')) ?? 'null'));
  if (!parsed.ok) throw new JobError(`The form ${hash} cannot be read.`, { isFinal: true });
  return parsed.value;
}

/** The same answers, but of the items of this fact only these. */
function ofItems(
  { item, ...rest }: QuestionnaireResponse,
  { form, fact, items }: { readonly form: Questionnaire; readonly fact: string; readonly items: readonly string[] },
): QuestionnaireResponse {
  const linkId = factsOf(form).find(({ name }) => name === fact)?.item.linkId;
  const reduced = (all: readonly ResponseItem[]): readonly ResponseItem[] =>
    all.map((each) => ({
      ...each,
      ...(each.linkId === linkId && each.answer
        ? { answer: each.answer.filter(({ valueReference }) => items.includes(idOfReference(valueReference?.reference ?? ''))) }
        : {}),
      ...(each.item ? { item: reduced(each.item) } : {}),
    }));
  return { ...rest, ...(item ? { item: reduced(item) } : {}) };
}
