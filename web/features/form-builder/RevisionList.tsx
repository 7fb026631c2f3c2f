'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { RevisionView } from '#api/views/forms.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { diffForms } from '#core/form-edit/diff.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './FormBuilder.module.css';
import { FormDiffList } from './FormDiffList.tsx';

/** Who changed what: the saves of one person in a row are one entry. Read only when it is asked for. */
export function RevisionList({ flow, form, editionId }: { readonly flow: string; readonly form: string; readonly editionId: string }) {
  const t = useTranslations('formBuilder.history');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button type="link" className={styles.plainLink} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('whoChangedWhat')}
      </Button>
      {isOpen ? <Revisions flow={flow} form={form} editionId={editionId} /> : null}
    </>
  );
}

function Revisions({ flow, form, editionId }: { readonly flow: string; readonly form: string; readonly editionId: string }) {
  const t = useTranslations('formBuilder.history');
  const { name } = useText();
  const { data, error, refetch } = useRead(reads.revisions(flow, form, editionId));
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone height="8em" />;
  const changes = data.slice(1).map((revision, index) => ({ revision, before: data[index] as RevisionView }));
  if (changes.length === 0) return <p>{t('nothingChanged')}</p>;
  return (
    <ol className={styles.list}>
      {changes.reverse().map(({ revision, before }) => {
        // What may be saved was parsed by the server.
        const [old, now] = [before.questionnaire as Questionnaire, revision.questionnaire as Questionnaire];
        return (
          <li key={revision.revision}>
            <span className={styles.marks}>
              <strong>{revision.by ? name(revision.by) : ''}</strong>
              <span className={styles.quiet}>
                <TimeText at={revision.savedAt} />
              </span>
            </span>
            <FormDiffList diff={diffForms(old, now)} before={old} after={now} />
          </li>
        );
      })}
    </ol>
  );
}
