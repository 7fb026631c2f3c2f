/** How the lines of a prescription stand, for whoever may see the prescription: `lines` in the descriptor of its flow. */
import { lineStandingsOf } from '#core/dispensing/line-course.ts';
import type { Viewer } from '#core/form/access/field-access.ts';
import type { ResponseItem } from '#core/form/response.ts';
import type { LinesView } from '../views.ts';
import type { LoadedInstance, OpenedStep } from './instance.ts';
import { seenBy } from './seen.ts';
import type { WholeSubmission } from './whole-submissions.ts';
import { wordsOf } from './words.ts';

export function linesOf(
  { descriptor: { lines } }: Pick<LoadedInstance, 'descriptor'>,
  {
    steps,
    submissions,
    viewer,
  }: { readonly steps: readonly OpenedStep[]; readonly submissions: readonly WholeSubmission[]; readonly viewer: Viewer },
): LinesView | null {
  if (!lines) return null;
  const prescription = submissions.filter(({ formKey }) => formKey === lines.form).at(-1);
  const told = steps.flatMap(({ opened }) => opened.events.map((event) => ({ event, at: opened.command.at })));
  const stands = lineStandingsOf(lines, told).at(-1);
  if (!prescription || !stands) return null;
  const { response } = seenBy(viewer, prescription);
  const rows = itemsAt(response.item ?? [], lines.group);
  const named = rows.flatMap((row) => itemsAt(row.item ?? [], lines.name).flatMap(({ answer }) => answer?.[0]?.valueCoding?.code ?? []));
  if (named.length === 0) return null;
  return { lines: named.map((code) => ({ name: wordsOf(prescription.questionnaire, lines.name, code), ...stands })) };
}

const itemsAt = (items: readonly ResponseItem[], linkId: string): readonly ResponseItem[] =>
  items.flatMap((item) => (item.linkId === linkId ? [item] : itemsAt(item.item ?? [], linkId)));
