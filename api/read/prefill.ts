/**
 * What a task's form begins with: the last answers at this element (a correction starts from what was sent), though not those of somebody who
 * works on the same side by side, nor where each time is another turn (`bihuan:anew`), else what the
 * diagram says (`bihuan:prefill`, JSON of link id → FEEL over the task's variables), else what the form's expressions give, else its own
 * initial values.
 */
import type { GraphElement, ProcessGraph, UserTask } from '#core/bpmn/graph.ts';
import { prefillsOf } from '#core/bpmn/prefills.ts';
import { namesIn } from '#core/bpmn/properties.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { FieldAccess, ItemAccess } from '#core/form/access/field-access.ts';
import { isPlaceholder } from '#core/form/access/mask.ts';
import { blankResponse } from '#core/form/blank.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { choicesOf } from '#core/form/options.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { type ReferenceKind, referenceTo } from '#core/form/references.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { isWithin } from '#core/process/lanes.ts';
import type { ProcessState, TaskState } from '#core/process/state.ts';
import type { ServiceDescriptor } from '#engine/descriptor.ts';
import type { Context } from '../operation.ts';
import type { LaneOf } from './lanes.ts';
import { populated } from './launch.ts';
import { openersApplication } from './linked.ts';
import type { WholeSubmission } from './whole-submissions.ts';
import { findItem } from './words.ts';

export interface PrefillOptions {
  readonly graph: ProcessGraph;
  readonly state: ProcessState;
  readonly task: TaskState;
  readonly element: UserTask;
  readonly form: { readonly hash: string; readonly questionnaire: Questionnaire };
  readonly submissions: readonly WholeSubmission[];
  readonly laneOf: LaneOf;
  readonly descriptor: ServiceDescriptor;
  /** Who it is for; absent: for the server, which keeps what its viewer may not see. */
  readonly closed?: Closed;
}

/** What of an instance a viewer may not see. */
export interface Closed {
  readonly facts: ReadonlyMap<string, ItemAccess['reading']>;
  /** Of the application. */
  readonly access: FieldAccess;
}

export async function prefill(
  context: Context,
  { state, task, element, form, submissions, laneOf, descriptor, closed }: PrefillOptions,
): Promise<QuestionnaireResponse> {
  const own = laneOf(task.taskId);
  const same = submissions.filter(({ formHash, taskId }) => formHash === form.hash && isWithin(own, laneOf(taskId)));
  const previous = same.filter((submission) => submission.elementId === element.id).at(-1) ?? same.at(-1);
  if (previous && !isAskedAnew(element)) return previous.whole;
  const carried = await carriedTo(context, state.instanceId, element);
  const values: Record<string, readonly AnswerValue[]> = {};
  const variables = withoutClosed(variablesOf(state, task), closed);
  for (const [linkId, source] of Object.entries(prefillsOf(element.properties))) {
    const item = findItem(form.questionnaire.item ?? [], (candidate) => candidate.linkId === linkId);
    const result = evaluateFeel(source, variables, { at: state.at, zone: context.standing.zone });
    if (!item || !result.ok || result.value === null) continue;
    const given: readonly Json[] = Array.isArray(result.value) ? result.value : [result.value];
    values[linkId] = (await Promise.all(given.map((value) => answerOf(context, form.questionnaire, item, value)))).flatMap(
      (answer) => answer ?? [],
    );
  }
  const application = submissions.filter((submission) => submission.formKey === descriptor.startForm).at(-1)?.whole ?? null;
  const { questionnaire } = form;
  const blank = blankResponse(questionnaire, { values });
  // A part that would begin without answers stands in no blank form.
  const begun = new Map([...(blank.item ?? []).map((item): [string, ResponseItem] => [item.linkId, item]), ...carried]);
  const response = { ...blank, item: (questionnaire.item ?? []).flatMap(({ linkId }) => begun.get(linkId) ?? []) };
  return populated(context, { questionnaire, response }, { descriptor, application, access: closed?.access });
}

/** `bihuan:anew`: each time is another turn, such as a question or a read-back, and no version of the one before. */
export const isAskedAnew = (element: GraphElement | undefined): boolean => element?.properties['bihuan:anew'] === 'true';

/** `bihuan:carry`: link ids of whole parts that begin as in the application of the instance that opened this one. */
async function carriedTo(context: Context, instanceId: string, element: UserTask): Promise<ReadonlyMap<string, ResponseItem>> {
  const names = namesIn(element.properties['bihuan:carry']);
  const application = names.length > 0 ? await openersApplication(context, instanceId) : null;
  const parts = (application?.item ?? []).filter(({ linkId }) => names.includes(linkId));
  return new Map(parts.map((item) => [item.linkId, withoutPlaceholders(item)]));
}

/** What stands for an answer is none. */
const withoutPlaceholders = ({ answer, item, ...rest }: ResponseItem): ResponseItem => ({
  ...rest,
  ...(answer ? { answer: answer.filter((each) => !isPlaceholder(each)) } : {}),
  ...(item ? { item: item.map(withoutPlaceholders) } : {}),
});

const withoutClosed = (variables: JsonObject, closed: Closed | undefined): JsonObject =>
  closed ? Object.fromEntries(Object.entries(variables).filter(([name]) => !closed.facts.has(name))) : variables;

/** Variables that the task sees: those of its scopes, the inner ones first. */
function variablesOf(state: ProcessState, task: TaskState): JsonObject {
  let variables: JsonObject = {};
  for (let key: number | null = task.key; key !== null; key = state.elements[key]?.scopeKey ?? null)
    variables = { ...state.elements[key]?.variables, ...variables };
  return variables;
}

async function answerOf(context: Context, questionnaire: Questionnaire, item: QuestionnaireItem, value: Json): Promise<AnswerValue | null> {
  switch (item.type) {
    case 'reference':
      return typeof value === 'string'
        ? {
            valueReference: {
              reference: referenceTo(settingsOf(item).referenceKind ?? 'person', value),
              display: await displayOf(context, settingsOf(item).referenceKind ?? 'person', value),
            },
          }
        : null;
    case 'choice':
    case 'open-choice':
      return choicesOf(questionnaire, item)?.find((choice) => choice.value.valueCoding?.code === value)?.value ?? null;
    case 'boolean':
      return typeof value === 'boolean' ? { valueBoolean: value } : null;
    case 'integer':
      return typeof value === 'number' ? { valueInteger: value } : null;
    case 'date':
      return typeof value === 'string' ? { valueDate: value } : null;
    case 'dateTime':
      return typeof value === 'string' ? { valueDateTime: value } : null;
    case 'string':
    case 'text':
      return typeof value === 'string' ? { valueString: value } : null;
    default:
      return null;
  }
}

async function displayOf(context: Context, kind: ReferenceKind, id: string): Promise<string> {
  const found = await context.runtime.directory.reference(kind, id);
  return found?.display ?? id;
}
