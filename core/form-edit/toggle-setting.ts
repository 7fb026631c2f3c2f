/** Options that are offered only while an expression is true (SDC `answerOptionsToggleExpression`). */
import { EXTENSION } from '#core/form/extensions.ts';
import type { AnswerValue, Extension } from '#core/form/questionnaire.ts';
import { bareValue } from '#core/form/value.ts';
import { entrySetting, partOf, withPart } from './entry-list.ts';
import { isSame, withMember } from './members.ts';
import { fhirpathOf, withFhirpath } from './setting.ts';

export interface OptionToggleForEdit {
  readonly options: readonly AnswerValue[];
  readonly expression: string;
}

export const toggleSetting = entrySetting<OptionToggleForEdit>(EXTENSION.answerOptionsToggleExpression, {
  read: (source) => {
    const expression = fhirpathOf(partOf(source, 'expression')?.valueExpression);
    return expression === undefined ? null : { options: optionsIn(source).map(bareValue), expression };
  },
  write: (source, { options, expression }) => {
    const before = source ? optionsIn(source) : [];
    const listed = options.map((value): Extension => before.find((each) => isSame(bareValue(each), value)) ?? { url: 'option', ...value });
    const others = (source?.extension ?? []).filter(({ url }) => url !== 'option');
    const written: Extension = { ...(source ?? { url: EXTENSION.answerOptionsToggleExpression }), extension: [...listed, ...others] };
    return withPart(written, 'expression', (part) => withMember(part, 'valueExpression', withFhirpath(part.valueExpression, expression)));
  },
  nameOf: ({ options }) => JSON.stringify(options),
});

const optionsIn = ({ extension = [] }: Extension): readonly Extension[] => extension.filter(({ url }) => url === 'option');
