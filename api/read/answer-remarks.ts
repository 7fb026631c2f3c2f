/**
 * What was said of single answers since they were given (`bihuan:answersRemarks`): by people, in rows of their own forms, and for a quality report by its validation.
 * Whoever answers again reads each at its question, and is not taken before all are answered.
 */
import { z } from 'zod';
import { namesIn } from '#core/bpmn/properties.ts';
import type { FormIssue } from '#core/form/issue.ts';
import { itemPath, ROOT_PATH } from '#core/form/path.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { remarksIn, unansweredRemarks } from '#core/form/remarks.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { ProcessState, TaskState } from '#core/process/state.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import { openFindings } from '#core/quality/findings.ts';
import { readPeriod } from '#core/quality/period.ts';
import { readSet } from '#db/quality.ts';
import type { Seen } from '#engine/door.ts';
import type { Context } from '../operation.ts';
import type { AnswerRemarkView } from '../views.ts';
import { elementName } from './element-name.ts';
import type { LoadedInstance } from './instance.ts';
import { type WholeSubmission, wholeSubmissions } from './whole-submissions.ts';

interface Asked {
  readonly task: Pick<TaskState, 'elementId'>;
  readonly submissions: readonly WholeSubmission[];
}

/** As a viewer may see what was said; the server itself asks after all of it. */
type ReadAs = (submission: WholeSubmission) => Pick<QuestionnaireResponse, 'item'>;
const whole: ReadAs = (submission) => submission.whole;

type At = Pick<LoadedInstance, 'graph' | 'state'>;

export async function answerRemarks(
  context: Context,
  { graph, state }: At,
  { task, submissions, readAs }: Asked & { readonly readAs: ReadAs },
): Promise<readonly AnswerRemarkView[]> {
  const given = lastGiven({ graph }, { task, submissions });
  if (!given) return [];
  const since = submissions.filter(({ seq }) => seq > given.last.seq);
  const persons = await context.runtime.directory.persons(since.map(({ byPerson }) => byPerson));
  const said = since.flatMap((submission): readonly AnswerRemarkView[] =>
    remarksIn(readAs(submission), given.groups).map(({ linkId, words }) => ({
      linkId,
      words: { 'zh-CN': words },
      by: persons.get(submission.byPerson) ?? null,
      from: elementName(graph, submission.elementId),
      at: submission.at,
    })),
  );
  return [...said, ...(await found(context, state, given.last.at))];
}

/** The answers that are remarked on, and the groups in which that is done; null where nothing is asked of this task. */
function lastGiven({ graph }: Pick<At, 'graph'>, { task, submissions }: Asked) {
  const element = graph.elements[task.elementId];
  if (element?.elementType !== 'userTask') return null;
  const groups = namesIn(element.properties['bihuan:answersRemarks']);
  const last = groups.length === 0 ? undefined : submissions.filter(({ formKey }) => formKey === element.formKey).at(-1);
  return last ? { groups, last } : null;
}

const validated = z.object({
  set: z.string(),
  period: z.string(),
  validation: z.object({
    verdict: z.enum(['invalid', 'unexplained']),
    violations: z.array(z.string()),
    missing: z.array(z.string()),
    impossible: z.array(z.string()),
    outliers: z.array(z.string()),
    unexplained: z.array(z.string()),
  }),
});

/** Where the validation of a report sent it back: whoever approves it comes after one that did not. */
async function found(context: Context, { elements }: ProcessState, at: string): Promise<readonly AnswerRemarkView[]> {
  const read = validated.safeParse(elements[ROOT_KEY]?.variables);
  const set = read.success ? await readSet(context.runtime.db, read.data.set, readPeriod(read.data.period)?.to ?? '') : null;
  if (!read.success || !set) return [];
  return openFindings(set, read.data.validation).map(({ linkId, words }) => ({ linkId, words, by: null, from: null, at }));
}

const UNANSWERED = {
  'zh-CN': '对此项的意见尚未回应：请修改，或在说明中写明理由。',
  en: 'A remark on this is unanswered: change it, or say why in the explanation.',
};

/** For each question with a remark that was neither followed nor answered. */
export async function unansweredIssues(
  context: Context,
  { instance, graph, state }: Seen,
  {
    task,
    questionnaire,
    response,
  }: { readonly task: TaskState; readonly questionnaire: Questionnaire; readonly response: QuestionnaireResponse },
): Promise<readonly FormIssue[]> {
  if (graph.elements[task.elementId]?.properties['bihuan:answersRemarks'] === undefined) return [];
  const key = await context.runtime.keys.find(`instance:${instance.id}`, instance.wrappedKey);
  const submissions = key ? await wholeSubmissions(context, { instance, key }) : [];
  const remarks = await answerRemarks(context, { graph, state }, { task, submissions, readAs: whole });
  const before = lastGiven({ graph }, { task, submissions })?.last.whole;
  if (!before) return [];
  const left = unansweredRemarks(
    remarks.map(({ linkId }) => linkId),
    { items: questionnaire.item ?? [], before, after: response },
  );
  return left.map((linkId) => ({
    code: 'constraint',
    linkId,
    path: pathTo(questionnaire.item ?? [], linkId) ?? linkId,
    severity: 'error',
    text: UNANSWERED,
  }));
}

/** In groups that do not repeat: in others a remark could mean any row. */
function pathTo(items: readonly QuestionnaireItem[], linkId: string, around = ROOT_PATH): string | null {
  for (const item of items) {
    const path = itemPath(around, item.linkId);
    const found = item.linkId === linkId ? path : pathTo(item.item ?? [], linkId, path);
    if (found !== null) return found;
  }
  return null;
}
