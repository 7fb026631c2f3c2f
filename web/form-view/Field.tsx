'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { FieldLabel } from './FieldLabel.tsx';
import styles from './FormView.module.css';
import { Repeated } from './fields/Repeated.tsx';
import { StaticAnswers } from './fields/StaticAnswers.tsx';
import { IssueLine } from './IssueLine.tsx';
import type { RowId } from './model.ts';
import { Protected, usePresence } from './Protected.tsx';
import { type FieldPlace, useField } from './use-field.ts';

export interface FieldSlotProps {
  readonly item: QuestionnaireItem;
  readonly row: RowId;
  /** In a table the column has the label; it is shown again only where the table becomes cards. */
  readonly isCell?: boolean;
}

/** One question: label, help, control, and a line for what is wrong. */
export function Field({ item, row, isCell = false }: FieldSlotProps) {
  const presence = usePresence(item, row);
  if (presence === 'hidden') return isCell ? <span className={styles.notApplicable}>–</span> : null;
  return (
    <Protected isOn={presence === 'protected'}>
      <ShownField item={item} row={row} isCell={isCell} isProtected={presence === 'protected'} />
    </Protected>
  );
}

function ShownField({ isProtected, ...place }: FieldPlace & { readonly isProtected: boolean }) {
  const t = useTranslations('form');
  const { item, isCell } = place;
  const state = useField(place);
  const { key, ids, view, props, useComputed } = state;
  const isRepeated = item.repeats === true && !view.repeatsItself;
  const isStatic = item.readOnly === true && item.type !== 'attachment' && !props.settings.isSignature;
  const Control = isStatic ? StaticAnswers : isRepeated ? Repeated : view.Control;
  const labelling = isStatic ? 'control' : isRepeated ? 'group' : view.labelling(props);
  return (
    <div
      id={ids.field}
      data-link-id={item.linkId}
      className={[styles.field, view.isWide(props) ? styles.wide : '', isCell ? styles.cell : ''].join(' ')}
      data-invalid={props.isInvalid || undefined}
      data-protected={isProtected || undefined}
    >
      <FieldLabel {...place} state={state} labelling={labelling} isProtected={isProtected} />
      <Control {...props} />
      {useComputed ? (
        <Button type="link" size="small" className={styles.useComputed} onClick={useComputed}>
          {t('useComputed')}
        </Button>
      ) : null}
      <IssueLine fieldKey={key}>{view.Counter && !isStatic ? <view.Counter {...props} /> : null}</IssueLine>
    </div>
  );
}
