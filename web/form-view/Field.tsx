'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useController } from 'react-hook-form';
import { expressionsOf } from '#core/form/expression/expressions.ts';
import { asOverride, isOverride } from '#core/form/expression/override.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { labelOf } from '#core/form/localize.ts';
import { type Choice, choicesOf } from '#core/form/options.ts';
import type { QuestionnaireItem, QuestionType } from '#core/form/questionnaire.ts';
import { externalValueSet } from '#core/form/terminology/place.ts';
import { valueKeyOf } from '#core/form/value.ts';
import styles from './FormView.module.css';
import type { FieldProps, FieldView } from './fields/field.ts';
import { FIELDS } from './fields/index.ts';
import { Repeated } from './fields/Repeated.tsx';
import { StaticAnswers } from './fields/StaticAnswers.tsx';
import { elementIds, useComputedOptions, useForm, useIsEnabled, useIssue, useLabel } from './form-context.ts';
import { IssueLine } from './IssueLine.tsx';
import { answersAt, keyOf, type RowId } from './model.ts';
import type { ComputedOptions } from './store.ts';
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
  const t = useTranslations('form');
  const { id, control, store, questionnaire, locale, isReadOnly } = useForm();
  const key = keyOf(row, item.linkId);
  const { field } = useController({ name: key, control });
  const issue = useIssue(key);
  const ids = elementIds(id, key);
  const answers = answersAt({ [key]: field.value ?? [] }, key);
  const view: FieldView = FIELDS[item.type as QuestionType];
  const help = helpOf(item).map((child) => labelOf(child, locale));
  const computed = useComputedOptions(key);
  const choices = offered(choicesOf(questionnaire, item) ?? [], computed);
  const isOverridable = expressionsOf(item).calculated !== undefined && item.readOnly !== true;
  const describedBy = [help.length > 0 ? ids.help : '', ids.issue].filter(Boolean).join(' ');
  const props: FieldProps = {
    item,
    settings: settingsOf(item),
    choices,
    valueSet: computed?.values ? null : externalValueSet(questionnaire, item),
    label: useLabel(item, row),
    answers,
    onChange: isOverridable ? (given) => field.onChange(given.map(asOverride)) : field.onChange,
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
      {isOverridable && !isReadOnly && answers.some(isOverride) ? (
        <Button type="link" size="small" className={styles.useComputed} onClick={() => field.onChange([])}>
          {t('useComputed')}
        </Button>
      ) : null}
      <IssueLine fieldKey={key}>{view.Counter && !isStatic ? <view.Counter {...props} /> : null}</IssueLine>
    </div>
  );
}

/** What can be chosen now: computed options in place of the form's own, without what is withdrawn. */
function offered(choices: readonly Choice[], computed: ComputedOptions | undefined): readonly Choice[] {
  if (!computed) return choices;
  const listed = computed.values?.map((value) => ({ key: valueKeyOf(value), value, isExclusive: false })) ?? choices;
  return listed.filter(({ key }) => !computed.withdrawn.includes(key));
}

/** Display items below a question explain it; a unit stands behind its number. */
const helpOf = (item: QuestionnaireItem): readonly QuestionnaireItem[] =>
  (item.item ?? []).filter((child) => child.type === 'display' && settingsOf(child).control !== 'unit');
