/** Drafts that were begun with an earlier version of their form: carried over to the one that is asked now, and what that would lose. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { allItems } from '#core/form/items.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { diffForms } from '#core/form-edit/diff.ts';
import type { LostAnswer } from '#core/form-edit/lost-answers.ts';
import { applySteps } from '#core/form-edit/migrate.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { proposeSteps } from '#core/form-edit/propose-steps.ts';
import type { StoredEdition } from '#db/editions.ts';
import { draftsOfForm, type OpenDraft } from '#db/form-drafts.ts';
import { readSteps } from '#db/form-steps.ts';
import { openJson } from '#engine/cipher.ts';
import { assembledForm } from '#engine/editions.ts';
import type { Context } from '../operation.ts';
import type { StepsTriedView } from '../views/forms.ts';
import type { CarriedView } from '../views.ts';

export interface CarriedResponse {
  readonly response: QuestionnaireResponse;
  /** Null: the draft is of the form that is asked. */
  readonly carried: CarriedView | null;
}

/** By the steps that whoever published the new form decided on; from other versions by those that the difference proposes. */
export async function carryOver(
  context: Context,
  draft: { readonly formHash: string; readonly response: QuestionnaireResponse },
  toHash: string,
): Promise<CarriedResponse> {
  const { db, definitions } = context.runtime;
  if (draft.formHash === toHash) return { response: draft.response, carried: null };
  const [before, after, decided] = await Promise.all([
    definitions.form(draft.formHash),
    definitions.form(toHash),
    readSteps(db, { fromHash: draft.formHash, toHash }),
  ]);
  const { response, lost } = applySteps(decided ?? proposeSteps(diffForms(before, after)), before, after, draft.response);
  return { response, carried: { form: askedIn(before, lost), lost } };
}

/** Of the earlier form no more than what its author reads here: the questions whose answers found no place. */
function askedIn({ resourceType, status, language, item = [] }: Questionnaire, lost: readonly LostAnswer[]): Questionnaire {
  const named = new Set(lost.map(({ linkId }) => linkId));
  const asked = allItems(item).filter(({ linkId }) => named.has(linkId));
  return {
    resourceType,
    status,
    ...(language ? { language } : {}),
    item: asked.map(({ linkId, type, text, _text, answerOption }) => ({
      linkId,
      type,
      ...(text ? { text } : {}),
      ...(_text ? { _text } : {}),
      ...(answerOption ? { answerOption } : {}),
    })),
  };
}

const PAGE = 200;
/** Of fewer drafts a count would tell of single people. */
const COUNTED_MIN = 5;

/** Each draft is opened under its person's key and tried in memory; only counts leave. One after the other: a report yields to those who work. */
export async function stepsTried(context: Context, edition: StoredEdition, steps: readonly MigrationStep[]): Promise<StepsTriedView> {
  const { db, keys, definitions } = context.runtime;
  const { serviceKey, baseHash } = edition;
  const lost = new Map<string, { readonly linkId: string; readonly reason: string; drafts: number }>();
  let [drafts, whole] = [0, 0];
  const after = await assembledForm(db, edition);
  if (baseHash === null || after === null) return { drafts, whole, isFew: true, lost: [] };
  const before = await definitions.form(baseHash);
  let last: string | null = null;
  do {
    const page: readonly OpenDraft[] = await draftsOfForm(db, { serviceKey, formHash: baseHash, after: last, limit: PAGE });
    for (const { personId, body } of page) {
      await nextTurn();
      const key = await keys.find(`person:${personId}`);
      if (!key) continue;
      const result = applySteps(steps, before, after, openJson<QuestionnaireResponse>(key, 'draft', body));
      drafts += 1;
      if (result.lost.length === 0) whole += 1;
      for (const [name, { linkId, reason }] of new Map(result.lost.map((each) => [`${each.reason} ${each.linkId}`, each]))) {
        const counted = lost.get(name) ?? { linkId, reason, drafts: 0 };
        counted.drafts += 1;
        lost.set(name, counted);
      }
    }
    last = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
  } while (last !== null);
  const isFew = drafts < COUNTED_MIN;
  return isFew ? { drafts, whole: whole === drafts ? drafts : 0, isFew, lost: [] } : { drafts, whole, isFew, lost: [...lost.values()] };
}
