'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo } from 'react';
import { decide } from '#core/form-edit/step-choice.ts';
import { Panel } from '#web/ui/Panel.tsx';
import { TwoColumns } from '#web/ui/TwoColumns.tsx';
import { FormDiffList } from './FormDiffList.tsx';
import { DraftSteps } from './steps/DraftSteps.tsx';
import type { EditionWork } from './use-edition.ts';

/** What differs from the text that is asked today, and how drafts that people have open are carried over. */
export function ChangesView({ work }: { readonly work: EditionWork }) {
  const t = useTranslations('formBuilder.changes');
  const { base, choice } = work;
  const settled = useDeferredValue(work.form);
  const decided = useMemo(() => base && decide(base, settled, choice), [base, settled, choice]);
  if (!base || !decided) return <Panel title={t('title')}>{t('isNew')}</Panel>;
  return (
    <TwoColumns
      side={
        <Panel title={t('steps')}>
          <DraftSteps work={work} decided={decided} before={base} />
        </Panel>
      }
    >
      <Panel title={t('title')}>
        <FormDiffList diff={decided.diff} before={base} after={settled} />
      </Panel>
    </TwoColumns>
  );
}
