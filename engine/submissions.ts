/** Answers of a form on their way in: checked against the pinned form, pruned, reduced to facts (P2). */
import { randomUUID } from 'node:crypto';
import { offsetDateTimeOf } from '#core/calendar/zone.ts';
import type { FieldAccess } from '#core/form/access/field-access.ts';
import { formAt } from '#core/form/access/form-at.ts';
import { withProtected } from '#core/form/access/with-protected.ts';
import { attachedFiles } from '#core/form/answers.ts';
import type { EvaluationContext } from '#core/form/expression/engine.ts';
import { engineFor } from '#core/form/expression/load.ts';
import { extractFacts } from '#core/form/facts.ts';
import { responseHash } from '#core/form/hash.ts';
import { inFormOrder } from '#core/form/order.ts';
import { parseResponse, problemText } from '#core/form/parse.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { referenceTo } from '#core/form/references.ts';
import { type OutcomeDemands, requiring, unaffirmed } from '#core/form/requiring.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { type CodeToCheck, codesToCheck, type Verdicts } from '#core/form/terminology/external.ts';
import { markUnchecked } from '#core/form/unchecked.ts';
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
  /** What the person may do with its fields. */
  readonly access: FieldAccess;
  /** Answers that take the place of what the person may not see or change. */
  readonly known: () => Promise<QuestionnaireResponse>;
  /** What the outcome asks of the form beside what the form asks of every one. */
  readonly demands?: OutcomeDemands;
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
  /** What terminology servers say of codes whose value sets are not in the form. */
  readonly checkCodes: (codes: readonly CodeToCheck[]) => Promise<Verdicts>;
  /** Files that the person may not see, so may not attach either. */
  readonly hiddenFiles: () => Promise<ReadonlySet<string>>;
}

async function contextFor({ questionnaire, zone }: FormAnswers): Promise<EvaluationContext | undefined> {
  const engine = await engineFor(questionnaire);
  return engine && { engine, now: offsetDateTimeOf(Date.now(), zone) };
}

export async function checkAnswers(answers: FormAnswers, { lookUp, findFiles, checkCodes, hiddenFiles }: Targets): Promise<CheckedAnswers> {
  const refuse = (refusal: InputRefusal): CheckedAnswers => ({ kind: 'refused', refusal });
  if (answers.seenHash !== answers.formHash) return refuse({ code: 'form-moved-on', data: { current: answers.formHash } });
  const parsed = parseResponse(answers.response);
  if (!parsed.ok) return refuse({ code: 'response-malformed', data: { problems: problemText(parsed.problems) } });
  const { access } = answers;
  const own = withProtected(answers.questionnaire, access, parsed.value, null);
  const attached = attachedFiles(own);
  const hidden = attached.length > 0 ? await hiddenFiles() : new Set<string>();
  // Before anything of it is judged: what the person may not change is as it is known.
  const whole = access.size === 0 ? own : withProtected(answers.questionnaire, access, parsed.value, await answers.known());
  const named = attachedFiles(whole);
  const files = await findFiles(named);
  if (attached.some((id) => hidden.has(id)) || named.some((id) => !files.has(id))) return refuse({ code: 'unknown-file' });
  // In which order it was sent nobody minds; it is kept in that of the form.
  const answered = describeAttachments(inFormOrder(answers.questionnaire, whole), files);
  const { demands = {} } = answers;
  const questionnaire = requiring(formAt(answers.questionnaire, access), demands);
  const signer = referenceTo('person', answers.personId);
  const context = await contextFor(answers);
  const pruned = pruneResponse(questionnaire, answered, context);
  const codes = codesToCheck(questionnaire, pruned);
  const verdictOf: Verdicts = codes.length > 0 ? await checkCodes(codes) : () => 'unknown';
  const issues = [
    ...validateResponse(questionnaire, answered, { mode: 'submit', signer, verdictOf, ...(context ? { context } : {}) }),
    ...unaffirmed(pruned.item ?? [], demands),
  ];
  if (issues.some((issue) => issue.severity === 'error')) return refuse({ code: 'form-invalid', issues });
  const { response, unknown } = await nameReferences(markUnchecked(questionnaire, pruned, verdictOf), lookUp);
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
