'use client';

import { useController } from 'react-hook-form';
import { settingsOf } from '#core/form/extensions.ts';
import { labelOf } from '#core/form/localize.ts';
import { choicesOf } from '#core/form/options.ts';
import type { QuestionnaireItem, QuestionType } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import type { FieldProps, FieldView } from './fields/field.ts';
import { FIELDS } from './fields/index.ts';
import { Repeated } from './fields/Repeated.tsx';
import { StaticAnswers } from './fields/StaticAnswers.tsx';
import { elementIds, useForm, useIsEnabled, useIssue } from './form-context.ts';
import { IssueLine } from './IssueLine.tsx';
import { answersAt, keyOf, type RowId } from './model.ts';
import { RequiredMark } from './TableGroup.tsx';

export interface FieldSlotProps {
  readonly item: QuestionnaireItem;
  readonly row: RowId;
  /** In a table the column has the label; it is shown again only where the table becomes cards. */
  readonly isCell?: boolean;
}

/** One question: label, help, control, and a line for what is wrong. */
export function Field({ item, row, isCell = false }: FieldSlotProps) {
  const isEnabled = useIsEnabled(keyOf(row, item.linkId));
  if (settingsOf(item).hidden) return null;
  if (!isEnabled) return isCell ? <span className={styles.notApplicable}>–</span> : null;
  return <EnabledField item={item} row={row} isCell={isCell} />;
}

function EnabledField({ item, row, isCell }: Required<FieldSlotProps>) {
  const { id, control, store, questionnaire, locale, isReadOnly } = useForm();
  const key = keyOf(row, item.linkId);
  const { field } = useController({ name: key, control });
  const issue = useIssue(key);
  const ids = elementIds(id, key);
  const answers = answersAt({ [key]: field.value ?? [] }, key);
  const view: FieldView = FIELDS[item.type as QuestionType];
  const help = helpOf(item).map((child) => labelOf(child, locale));
  const choices = choicesOf(questionnaire, item);
  const describedBy = [help.length > 0 ? ids.help : '', ids.issue].filter(Boolean).join(' ');
  const props: FieldProps = {
    item,
    settings: settingsOf(item),
    choices: choices ?? [],
    label: labelOf(item, locale),
    answers,
    onChange: field.onChange,
    onLeave: () => store.left(key),
    id: ids.control,
    labelId: ids.label,
    describedBy,
    isInvalid: issue !== null,
    isReadOnly: isReadOnly || item.readOnly === true,
    isCell,
  };
  const label = (
    <>
      {item.prefix ? <span className={styles.prefix}>{item.prefix}</span> : null}
      {props.label}
      {item.required ? <RequiredMark /> : null}
    </>
  );
  const isRepeated = item.repeats === true && !view.repeatsItself;
  const isStatic = item.readOnly === true && item.type !== 'attachment' && !props.settings.isSignature;
  const Control = isStatic ? StaticAnswers : isRepeated ? Repeated : view.Control;
  const labelling = isStatic ? 'control' : isRepeated ? 'group' : view.labelling(props);
  return (
    <div
      id={ids.field}
      className={[styles.field, view.isWide(props) ? styles.wide : '', isCell ? styles.cell : ''].join(' ')}
      data-invalid={issue !== null || undefined}
    >
      {labelling === 'own' ? null : labelling === 'control' ? (
        <label id={ids.label} htmlFor={ids.control} className={styles.label}>
          {label}
        </label>
      ) : (
        <span id={ids.label} className={styles.label}>
          {label}
        </span>
      )}
      {help.length > 0 ? (
        <div id={ids.help} className={styles.help}>
          {help.join(' ')}
        </div>
      ) : null}
      <Control {...props} />
      <IssueLine fieldKey={key}>{view.Counter && !isStatic ? <view.Counter {...props} /> : null}</IssueLine>
    </div>
  );
}

/** Display items below a question explain it; a unit stands behind its number. */
const helpOf = (item: QuestionnaireItem): readonly QuestionnaireItem[] =>
  (item.item ?? []).filter((child) => child.type === 'display' && settingsOf(child).control !== 'unit');
