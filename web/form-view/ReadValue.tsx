'use client';

import { PaperClipOutlined } from '@ant-design/icons';
import { useTimeZone, useTranslations } from 'next-intl';
import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { fileIdOf } from '#core/form/references.ts';
import type { ResponseAnswer } from '#core/form/response.ts';
import { valueText } from '#core/form/summary.ts';
import { isUnchecked } from '#core/form/unchecked.ts';
import styles from './FormReadView.module.css';
import type { FormReadViewProps } from './FormReadView.tsx';
import { fileSizeText } from './file-size.ts';
import { Masked } from './Masked.tsx';

type ReadValueProps = Pick<FormReadViewProps, 'questionnaire' | 'locale' | 'fileUrl'> & {
  readonly item: QuestionnaireItem;
  readonly answer: ResponseAnswer;
};

/** One answer in words; files and addresses of the web as links. */
export function ReadValue({ questionnaire, locale, fileUrl, item, answer }: ReadValueProps) {
  const t = useTranslations('form');
  const zone = useTimeZone();
  const text = valueText(questionnaire, item, answer, locale, { zone });
  const { valueAttachment, valueUri } = answer;
  if (settingsOf(item).isMasked) return <Masked text={text} />;
  if (valueAttachment) {
    const fileId = fileIdOf(valueAttachment.url);
    return (
      <span className={styles.file}>
        <PaperClipOutlined aria-hidden />
        {fileId && fileUrl ? (
          <a href={fileUrl(fileId)} target="_blank" rel="noreferrer">
            {text}
          </a>
        ) : (
          text
        )}
        {valueAttachment.size === undefined ? null : <span className={styles.muted}>{fileSizeText(valueAttachment.size)}</span>}
      </span>
    );
  }
  // Only addresses of the web become links: a stored answer is somebody else's text.
  if (valueUri !== undefined && /^https?:/i.test(valueUri)) {
    return (
      <a href={valueUri} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  }
  return isUnchecked(answer) ? (
    <>
      {text} <span className={styles.muted}>{t('unchecked')}</span>
    </>
  ) : (
    text
  );
}
