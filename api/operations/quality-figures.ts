/** Figures of a report out of a table. */
import { z } from 'zod';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import { type EnteredFigure, readEntry } from '#core/quality/entry.ts';
import { definitionFor } from '#core/quality/indicator.ts';
import { readPeriod } from '#core/quality/period.ts';
import { readTaskDraft } from '#db/drafts.ts';
import { readIndicators } from '#db/quality.ts';
import { ApiError } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import { setOf } from '../read/indicators.ts';
import { loadInstance } from '../read/instance.ts';
import { today } from '../read/today.ts';
import { wholeSubmissions } from '../read/whole-submissions.ts';
import type { EnteredView } from '../views/quality.ts';
import { openDraft, putDraft } from './drafts.ts';

const ROWS_MAX = 500;
const cell = z.string().max(1_000);

export const enterFigures = defineOperation({
  name: 'enterFigures',
  method: 'post',
  path: '/quality/reports/:id/figures',
  summary: 'Figures out of a table into my draft of a report, with a result for each row; what was in the draft for other indicators stays',
  input: z.object({
    id: z.uuid(),
    rows: z
      .array(z.object({ indicator: cell, numerator: cell, denominator: cell, explanation: cell.optional() }))
      .min(1)
      .max(ROWS_MAX),
  }),
  right: 'signed-in',
  async run(context, { id, rows }): Promise<EnteredView> {
    const { db, definitions } = context.runtime;
    const loaded = await loadInstance(context, id);
    const { instance, graph, state } = loaded;
    const task = Object.values(state.tasks).find(({ elementId }) => ENTERED_AT.includes(elementId));
    const element = task && graph.elements[task.elementId];
    const formHash = element?.elementType === 'userTask' && element.formKey ? graph.forms[element.formKey] : undefined;
    const variables = state.elements[ROOT_KEY]?.variables ?? {};
    if (!task || !formHash || typeof variables.set !== 'string' || typeof variables.period !== 'string')
      throw new ApiError(409, { code: 'task-done' });
    const known = readPeriod(variables.period);
    const set = await setOf(context, variables.set, known?.to ?? today(context));
    const indicators = await readIndicators(db, set.indicators);
    const counted = set.indicators.flatMap(
      (code) => definitionFor(indicators, { code, on: known?.to ?? '', organisationId: instance.organisationId }) ?? [],
    );
    const { figures, results } = readEntry(rows, counted);
    const on = { instanceId: id, taskId: task.taskId };
    if (figures.length > 0) {
      const draft = await readTaskDraft(db, { personId: context.standing.person.id, ...on });
      // A correction begins with what was submitted.
      const before = draft
        ? (await openDraft(context, draft, formHash)).response
        : (await wholeSubmissions(context, loaded)).filter((submission) => submission.formHash === formHash).at(-1)?.whole;
      const questionnaire = await definitions.form(formHash);
      await putDraft.run(context, {
        ...(draft ? { id: draft.id } : {}),
        scope: { kind: 'task', ...on },
        formHash,
        version: draft?.version ?? 0,
        unanswered: [],
        response: withFigures(before ?? { resourceType: 'QuestionnaireResponse', status: 'in-progress' }, questionnaire, figures),
      });
    }
    return { taskId: task.taskId, taken: figures.length, results };
  },
});

const ENTERED_AT: readonly string[] = ['enter', 'correct'];

/** In the order of the form; groups that the table does not speak of stay as they were. */
function withFigures(
  response: QuestionnaireResponse,
  { item = [] }: Questionnaire,
  figures: readonly EnteredFigure[],
): QuestionnaireResponse {
  const answered = item.flatMap(({ linkId }): readonly ResponseItem[] => {
    const figure = figures.find(({ code }) => code === linkId);
    if (!figure) return response.item?.filter((each) => each.linkId === linkId) ?? [];
    const { numerator, denominator, explanation } = figure;
    const counts = Object.entries({ numerator, denominator }).flatMap(([part, value]) =>
      value === null ? [] : [{ linkId: `${linkId}.${part}`, answer: [{ valueInteger: value }] }],
    );
    const words = explanation === null ? [] : [{ linkId: `${linkId}.explanation`, answer: [{ valueString: explanation }] }];
    return [{ linkId, item: [...counts, ...words] }];
  });
  return { ...response, item: answered };
}
