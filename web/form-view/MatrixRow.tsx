'use client';

import { Checkbox, Radio } from 'antd';
import { FieldLabel } from './FieldLabel.tsx';
import { ClearButton } from './fields/BooleanField.tsx';
import { answersFor, chosenKeys, lastTicked } from './fields/ChoiceField.tsx';
import { ariaOf } from './fields/field.ts';
import { IssueLine } from './IssueLine.tsx';
import styles from './matrix.module.css';
import { OptionLabel } from './OptionLabel.tsx';
import { Protected, usePresence } from './Protected.tsx';
import { type FieldPlace, useField } from './use-field.ts';
import { useOptionText } from './use-option-text.ts';

type Place = Omit<FieldPlace, 'isCell'>;

/** One question of a matrix. */
export function MatrixRow(place: Place) {
  const presence = usePresence(place.item, place.row);
  if (presence === 'hidden') return null;
  const isProtected = presence === 'protected';
  return (
    <Protected isOn={isProtected}>
      <ShownRow {...place} isProtected={isProtected} />
    </Protected>
  );
}

function ShownRow({ isProtected, ...place }: Place & { readonly isProtected: boolean }) {
  const { item } = place;
  const textOf = useOptionText();
  const state = useField({ ...place, isCell: false });
  const { key, ids, props } = state;
  const { choices, answers, onChange, isReadOnly } = props;
  const keys = chosenKeys(choices, answers);
  const options = choices.map((choice) => ({
    value: choice.key,
    label: (
      <span className={styles.option}>
        <OptionLabel choice={choice} words={textOf(choice)} />
      </span>
    ),
  }));
  return (
    <div id={ids.field} data-link-id={item.linkId} className={styles.row} data-invalid={props.isInvalid || undefined}>
      <div className={styles.question}>
        <FieldLabel {...place} isCell={false} state={state} labelling="group" isProtected={isProtected} />
        {keys.length > 0 && !item.required && !item.repeats && !isReadOnly ? <ClearButton onClear={() => onChange([])} /> : null}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: leaving the row is leaving the field. */}
      <div id={ids.control} className={styles.answers} onBlur={props.onLeave}>
        {item.repeats ? (
          <div role="group" aria-labelledby={ids.label} aria-describedby={props.describedBy} className={styles.answers}>
            <Checkbox.Group
              className={styles.cells}
              options={options}
              disabled={isReadOnly}
              value={[...keys]}
              onChange={(next) => onChange(answersFor(choices, lastTicked(keys, next)))}
            />
          </div>
        ) : (
          <Radio.Group
            {...ariaOf(props)}
            aria-labelledby={ids.label}
            className={styles.cells}
            options={options}
            disabled={isReadOnly}
            value={keys[0] ?? null}
            onChange={({ target }) => onChange(answersFor(choices, [target.value]))}
          />
        )}
      </div>
      <IssueLine fieldKey={key} />
    </div>
  );
}
