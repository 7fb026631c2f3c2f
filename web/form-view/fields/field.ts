import type { ComponentType } from 'react';
import type { ItemSettings } from '#core/form/extensions.ts';
import type { Choice } from '#core/form/options.ts';
import type { AnswerValue, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { PendingCode } from '../pending.ts';

/** What a control gets. It shows answers, tells changes and that it was left; it knows nothing of the form around it. */
export interface FieldProps {
  readonly item: QuestionnaireItem;
  readonly settings: ItemSettings;
  readonly choices: readonly Choice[];
  /** Where the choices are on a terminology server: the value set to look them up in. */
  readonly valueSet: string | null;
  /** In the reader's language. */
  readonly label: string;
  /** Behind a number that has one unit. */
  readonly unit: string | undefined;
  /** What the ends of a scale mean. */
  readonly lower: string | undefined;
  readonly upper: string | undefined;
  readonly answers: readonly AnswerValue[];
  onChange(answers: readonly AnswerValue[]): void;
  onLeave(): void;
  /** That something which belongs to the answers is not there yet; null once it is. */
  onPending(code: PendingCode | null): void;
  /** Of the control itself, or of the element around a group of them. */
  readonly id: string;
  readonly labelId: string;
  readonly describedBy: string;
  readonly isInvalid: boolean;
  readonly isReadOnly: boolean;
  /** Set in a cell of a table: as little room as possible. */
  readonly isCell: boolean;
}

/** How a type of item is drawn. */
export interface FieldView {
  readonly Control: ComponentType<FieldProps>;
  /** Beside the line for issues: how much was written. */
  readonly Counter?: ComponentType<FieldProps>;
  /** `control`: a label element; `group`: the control is a group named by the label; `own`: the control shows the label itself. */
  labelling(props: FieldProps): 'control' | 'group' | 'own';
  /** Takes the whole width of the form. */
  isWide(props: FieldProps): boolean;
  /** Shows several answers by itself; others are repeated one below the other. */
  readonly repeatsItself: boolean;
}

/** What most controls take for accessibility. */
export const ariaOf = ({ describedBy, isInvalid, item }: FieldProps) => ({
  'aria-describedby': describedBy,
  'aria-invalid': isInvalid || undefined,
  'aria-required': item.required || undefined,
});

export const statusOf = ({ isInvalid }: FieldProps) => (isInvalid ? ('error' as const) : undefined);
