'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import { AnswerRemarks } from './AnswerRemarks.tsx';
import styles from './FormView.module.css';
import type { FieldView } from './fields/field.ts';
import { Flyover, HelpButton, HelpText } from './Help.tsx';
import { ItemExtras } from './ItemExtras.tsx';
import { ItemText } from './ItemText.tsx';
import { RequiredMark } from './RequiredMark.tsx';
import { SupportLink } from './SupportLink.tsx';
import { type FieldPlace, type FieldState, hasEndsInWords } from './use-field.ts';

interface FieldLabelProps extends FieldPlace {
  readonly state: FieldState;
  readonly labelling: ReturnType<FieldView['labelling']>;
  readonly isProtected: boolean;
}

/** What a question says before it is answered: its words, help, remarks, hints, pictures. */
export function FieldLabel({ item, row, state, labelling, isProtected }: FieldLabelProps) {
  const t = useTranslations('form');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { ids, props, displays, needed } = state;
  const { helps, flyovers, hints } = displays;
  const words = (
    <>
      {item.prefix ? <span className={styles.prefix}>{item.prefix}</span> : null}
      <ItemText item={item} row={row} />
      {(item.required || needed !== undefined) && !isProtected ? <RequiredMark /> : null}
    </>
  );
  const label =
    labelling === 'own' ? null : labelling === 'control' ? (
      <label id={ids.label} htmlFor={ids.control} className={styles.label}>
        {words}
      </label>
    ) : (
      <span id={ids.label} className={styles.label}>
        {words}
      </span>
    );
  const buttons =
    helps.length + flyovers.length > 0 || props.settings.supportLink !== undefined ? (
      <>
        {helps.length > 0 ? (
          <HelpButton id={ids.moreHelp} label={props.label} isOpen={isHelpOpen} onToggle={() => setHelpOpen(!isHelpOpen)} />
        ) : null}
        {flyovers.length > 0 ? <Flyover id={ids.flyover} label={props.label} items={flyovers} row={row} /> : null}
        <SupportLink item={item} label={props.label} />
      </>
    ) : null;
  const ends = hasEndsInWords(item) ? [props.lower, props.upper].filter(Boolean).join(' – ') : '';
  return (
    <>
      {buttons ? (
        <div className={styles.labelLine}>
          {label}
          {buttons}
        </div>
      ) : (
        label
      )}
      <AnswerRemarks id={ids.remarks} linkId={item.linkId} />
      {isProtected ? <div className={styles.help}>{t('notApplicableNow')}</div> : null}
      {hints.length > 0 || ends || needed !== undefined ? (
        <div id={ids.help} className={styles.help}>
          {hints.map((hint) => (
            <div key={hint.linkId} className={settingsOf(hint).control === 'prompt' ? styles.prompt : undefined}>
              <ItemText item={hint} row={row} isBlock />
            </div>
          ))}
          {ends ? <div>{ends}</div> : null}
          {needed === undefined ? null : <div>{t('neededFor', { outcomes: needed })}</div>}
        </div>
      ) : null}
      {helps.length > 0 ? <HelpText id={ids.moreHelp} items={helps} row={row} isOpen={isHelpOpen} /> : null}
      <ItemExtras item={item} label={props.label} hasLink={false} />
    </>
  );
}
