/** One view for each type of question. A new type does not compile until it has one. */
import type { QuestionType } from '#core/form/questionnaire.ts';
import { attachmentField } from './AttachmentField.tsx';
import { booleanField } from './BooleanField.tsx';
import { choiceField } from './ChoiceField.tsx';
import { dateField } from './DateField.tsx';
import { dateTimeField } from './DateTimeField.tsx';
import type { FieldView } from './field.ts';
import { decimalField, integerField } from './NumberField.tsx';
import { openChoiceField } from './OpenChoiceField.tsx';
import { quantityField } from './QuantityField.tsx';
import { referenceField } from './ReferenceField.tsx';
import { stringField, urlField } from './StringField.tsx';
import { textField } from './TextField.tsx';
import { timeField } from './TimeField.tsx';

export const FIELDS = {
  boolean: booleanField,
  decimal: decimalField,
  integer: integerField,
  date: dateField,
  dateTime: dateTimeField,
  time: timeField,
  string: stringField,
  text: textField,
  url: urlField,
  choice: choiceField,
  'open-choice': openChoiceField,
  attachment: attachmentField,
  reference: referenceField,
  quantity: quantityField,
} as const satisfies Record<QuestionType, FieldView>;
