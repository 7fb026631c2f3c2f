import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { LocalizedText } from '#core/text.ts';
import { readSubmissions } from '#db/instances.ts';
import { openJson } from '#engine/cipher.ts';
import type { Context } from '../operation.ts';
import type { SubmissionView } from '../views.ts';
import type { LoadedInstance, OpenedStep } from './instance.ts';

/** Submissions up to a step, oldest first; the last of each element is the current one. */
export async function submissionsOf(
  context: Context,
  loaded: LoadedInstance,
  steps: readonly OpenedStep[],
  upToSeq = Number.POSITIVE_INFINITY,
): Promise<readonly SubmissionView[]> {
  const { db, directory, definitions } = context.runtime;
  const stored = (await readSubmissions(db, loaded.instance.id)).filter((submission) => submission.seq <= upToSeq);
  const persons = await directory.persons(stored.map((submission) => submission.byPerson));
  const newest = new Map(stored.map((submission) => [`${submission.formKey}\n${submission.elementId}`, submission.id]));
  return Promise.all(
    stored.map(async (submission) => {
      const element = loaded.graph.elements[submission.elementId];
      const command = steps.find((step) => step.seq === submission.seq)?.opened.command;
      return {
        id: submission.id,
        elementId: submission.elementId,
        elementName: element?.name ?? { 'zh-CN': submission.elementId },
        phase: element?.phase ?? null,
        by: persons.get(submission.byPerson) ?? null,
        at: submission.at,
        outcome: command?.type === 'task.complete' ? outcomeName(loaded.graph, submission.elementId, command.outcome) : null,
        form: { key: submission.formKey, hash: submission.formHash, questionnaire: await definitions.form(submission.formHash) },
        response: openJson<QuestionnaireResponse>(loaded.key, 'journal', submission.body),
        isCurrent: newest.get(`${submission.formKey}\n${submission.elementId}`) === submission.id,
      };
    }),
  );
}

export function outcomeName(graph: ProcessGraph, elementId: string, code: string | null | undefined): LocalizedText | null {
  const element = graph.elements[elementId];
  if (!code || element?.elementType !== 'userTask') return null;
  return element.outcomes.find((outcome) => outcome.code === code)?.name ?? null;
}
