/** Answers of a form on their way in: checked against the pinned form, pruned, reduced to facts (P2). */
import { randomUUID } from 'node:crypto';
import { offsetDateTimeOf } from '#core/calendar/zone.ts';
import { attachedFiles } from '#core/form/answers.ts';
import type { EvaluationContext } from '#core/form/expression/engine.ts';
import { engineFor } from '#core/form/expression/load.ts';
import { extractFacts } from '#core/form/facts.ts';
import { responseHash } from '#core/form/hash.ts';
import { parseResponse, problemText } from '#core/form/parse.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { referenceTo } from '#core/form/references.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { validateResponse } from '#core/form/validate.ts';
import type { JsonObject } from '#core/json.ts';
import { describeAttachments, type FindFiles } from './attachments.ts';
import type { InputRefusal, PreparedSubmission } from './door.ts';
import { type LookUp, nameReferences } from './references.ts';

export interface FormAnswers {
  readonly questionnaire: Questionnaire;
  readonly formKey: string;
  /** The hash of the form that the instance pinned. */
  readonly formHash: string;
  /** The hash of the form that the person saw. */
  readonly seenHash: string;
  readonly response: unknown;
  readonly elementId: string;
  readonly taskId: string | null;
  readonly personId: string;
  /** Of the person: what `today()` means in the form's expressions. */
  readonly zone: string;
}

export type CheckedAnswers =
  | {
      readonly kind: 'ready';
      readonly submission: PreparedSubmission;
      readonly facts: JsonObject;
      readonly response: QuestionnaireResponse;
      readonly fileIds: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusal: InputRefusal };

/** What answers may point at. */
export interface Targets {
  readonly lookUp: LookUp;
  readonly findFiles: FindFiles;
}

async function contextFor({ questionnaire, zone }: FormAnswers): Promise<EvaluationContext | undefined> {
  const engine = await engineFor(questionnaire);
  return engine && { engine, now: offsetDateTimeOf(Date.now(), zone) };
}

export async function checkAnswers(answers: FormAnswers, { lookUp, findFiles }: Targets): Promise<CheckedAnswers> {
  const refuse = (refusal: InputRefusal): CheckedAnswers => ({ kind: 'refused', refusal });
  if (answers.seenHash !== answers.formHash) return refuse({ code: 'form-moved-on', data: { current: answers.formHash } });
  const parsed = parseResponse(answers.response);
  if (!parsed.ok) return refuse({ code: 'response-malformed', data: { problems: problemText(parsed.problems) } });
  const named = attachedFiles(parsed.value);
  const files = await findFiles(named);
  if (named.some((id) => !files.has(id))) return refuse({ code: 'unknown-file' });
  const answered = describeAttachments(parsed.value, files);
  const signer = referenceTo('person', answers.personId);
  const context = await contextFor(answers);
  const issues = validateResponse(answers.questionnaire, answered, { mode: 'submit', signer, ...(context ? { context } : {}) });
  if (issues.some((issue) => issue.severity === 'error')) return refuse({ code: 'form-invalid', issues });
  const { response, unknown } = await nameReferences(pruneResponse(answers.questionnaire, answered, context), lookUp);
  if (unknown.length > 0) {
    return refuse({
      code: 'form-invalid',
      issues: unknown.map((linkId) => ({ code: 'reference-invalid', linkId, path: linkId, severity: 'error' })),
    });
  }
  return {
    kind: 'ready',
    facts: extractFacts(answers.questionnaire, response),
    response,
    fileIds: attachedFiles(response),
    submission: {
      id: randomUUID(),
      taskId: answers.taskId,
      elementId: answers.elementId,
      formKey: answers.formKey,
      formHash: answers.formHash,
      hash: responseHash(response),
      response,
    },
  };
}
