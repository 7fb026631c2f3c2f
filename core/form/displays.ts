/** Display items below a question, by what they are to it. */
import { settingsOf } from './extensions.ts';
import type { QuestionnaireItem } from './questionnaire.ts';

export interface Displays {
  /** Read always, below the label. */
  readonly hints: readonly QuestionnaireItem[];
  /** Read when asked for. */
  readonly helps: readonly QuestionnaireItem[];
  readonly flyovers: readonly QuestionnaireItem[];
  /** Behind the number. */
  readonly unit: QuestionnaireItem | null;
  /** At the ends of a scale. */
  readonly lower: QuestionnaireItem | null;
  readonly upper: QuestionnaireItem | null;
}

/** Questionnaires are immutable, so what was sorted once stays sorted. */
const known = new WeakMap<QuestionnaireItem, Displays>();

export function displaysOf(question: QuestionnaireItem): Displays {
  const found = known.get(question);
  if (found) return found;
  const displays = (question.item ?? []).filter((item) => item.type === 'display' && !settingsOf(item).hidden);
  const as = (control: string) => displays.filter((item) => settingsOf(item).control === control);
  const sorted: Displays = {
    hints: displays.filter((item) => !APART.has(settingsOf(item).control ?? '')),
    helps: as('help'),
    flyovers: as('flyover'),
    unit: as('unit')[0] ?? null,
    lower: as('lower')[0] ?? null,
    upper: as('upper')[0] ?? null,
  };
  known.set(question, sorted);
  return sorted;
}

const APART = new Set(['help', 'flyover', 'unit', 'lower', 'upper']);
