import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { FormEdit } from '#core/form-edit/edit.ts';

/** What the field of one setting gets; it stands in the inspector with its label. */
export interface SettingProps<Value> {
  readonly id: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The field was left: what is typed next is undone by itself. */
  readonly onLeave: () => void;
  readonly isDisabled: boolean;
  readonly item: QuestionnaireItem;
  readonly form: Questionnaire;
  /** The flow that the form belongs to, whose other forms may be put in. */
  readonly flow: string;
  /** For edits that touch more than this setting. */
  readonly apply: (edit: FormEdit, mergeKey?: string) => boolean;
}
