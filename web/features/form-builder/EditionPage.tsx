'use client';

import { ArrowLeftOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Tooltip } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo, useState } from 'react';
import type { EditionView } from '#api/views/forms.ts';
import { checkQuestionnaire } from '#core/form/check.ts';
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import { loadEngine } from '#core/form/expression/load.ts';
import { titleOf } from '#core/form/localize.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { reads } from '#web/lib/reads.ts';
import { saveFile } from '#web/lib/save-file.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { PageSkeleton } from '#web/ui/PageSkeleton.tsx';
import { BuildView } from './BuildView.tsx';
import { ChangesView } from './ChangesView.tsx';
import { EditionActs } from './EditionActs.tsx';
import { EditionTag } from './EditionTag.tsx';
import { ExchangeMenu } from './ExchangeMenu.tsx';
import styles from './FormBuilder.module.css';
import { PreviewView } from './PreviewView.tsx';
import { SaveState } from './SaveState.tsx';
import { TranslationView } from './TranslationView.tsx';
import { useEdition } from './use-edition.ts';

export interface EditionPageProps {
  readonly flow: string;
  readonly form: string;
}

/** A form while it is changed: built, tried, translated, compared, and sent on to be published. */
export function EditionPage({ flow, form }: EditionPageProps) {
  const { data, error, refetch } = useRead(reads.edition(flow, form), { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  const engine = useQuery({ queryKey: ['form-engine'], queryFn: loadEngine, staleTime: Number.POSITIVE_INFINITY });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (engine.error) return <ErrorState error={engine.error} onRetry={() => engine.refetch()} />;
  if (!data || !engine.data) return <PageSkeleton />;
  // Another edition is another piece of work.
  return <Builder key={data.id} first={data} engine={engine.data} />;
}

const VIEWS = ['build', 'preview', 'translate', 'changes'] as const;
type View = (typeof VIEWS)[number];

function Builder({ first, engine }: { readonly first: EditionView; readonly engine: ExpressionEngine }) {
  const t = useTranslations('formBuilder');
  const { text, locale } = useText();
  const { can } = useMe();
  const work = useEdition(first, can.editForms);
  const [view, setView] = useState<View>('build');
  const settled = useDeferredValue(work.form);
  const findings = useMemo(() => checkQuestionnaire(settled, engine), [settled, engine]);
  const { edition } = work;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <nav className={styles.trail}>
          <Link href={paths.form(edition.serviceKey, edition.formKey)}>
            <ArrowLeftOutlined aria-hidden /> {text(edition.flowName)}
          </Link>
        </nav>
        <div className={styles.titleLine}>
          <h1>{titleOf(work.form, locale) || edition.formKey}</h1>
          <EditionTag state={edition.state} />
          <SaveState work={work} />
        </div>
        <div className={styles.toolbar}>
          <Segmented<View>
            aria-label={t('views.label')}
            value={view}
            onChange={setView}
            options={VIEWS.map((each) => ({ value: each, label: t(`views.${each}`) }))}
          />
          <span className={styles.buttons}>
            <IconButton label={t('undo')} icon={<UndoOutlined aria-hidden />} run={work.undo} />
            <IconButton label={t('redo')} icon={<RedoOutlined aria-hidden />} run={work.redo} />
            <ExchangeMenu work={work} />
          </span>
          <EditionActs work={work} findings={findings} onShowChanges={() => setView('changes')} />
        </div>
      </header>
      {work.status.kind === 'conflict' ? <Conflict work={work} /> : null}
      {work.status.kind === 'lost' ? <Lost work={work} /> : null}
      {work.isLocked && edition.state === 'in-review' ? <Alert type="info" showIcon title={t('inReviewHint')} /> : null}
      {view === 'build' ? <BuildView work={work} engine={engine} findings={findings} /> : null}
      {view === 'preview' ? <PreviewView form={work.form} engine={engine} /> : null}
      {view === 'translate' ? <TranslationView work={work} /> : null}
      {view === 'changes' ? <ChangesView work={work} /> : null}
    </div>
  );
}

function IconButton({ label, icon, run }: { readonly label: string; readonly icon: React.ReactNode; readonly run: (() => void) | null }) {
  return (
    <Tooltip title={label}>
      <Button icon={icon} aria-label={label} disabled={run === null} onClick={() => run?.()} />
    </Tooltip>
  );
}

/** What stands here got into nothing: it can be kept as a file, and then left. */
function Lost({ work }: { readonly work: ReturnType<typeof useEdition> }) {
  const t = useTranslations('formBuilder.lost');
  const keep = () =>
    saveFile(new Blob([JSON.stringify(work.form, null, 2)], { type: 'application/fhir+json' }), `${work.edition.formKey}.json`);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('title')}
      description={
        <span className={styles.buttons}>
          <Button onClick={keep}>{t('keep')}</Button>
          <Button onClick={() => void work.takeOther()}>{t('show')}</Button>
        </span>
      }
    />
  );
}

function Conflict({ work }: { readonly work: ReturnType<typeof useEdition> }) {
  const t = useTranslations('formBuilder.conflict');
  const { name } = useText();
  if (work.status.kind !== 'conflict') return null;
  const { updatedBy } = work.status.other;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('title', { name: updatedBy ? name(updatedBy) : '' })}
      description={
        <span className={styles.buttons}>
          <Button onClick={() => void work.takeOther()}>{t('takeOther')}</Button>
          <Button onClick={work.keepMine}>{t('keepMine')}</Button>
        </span>
      }
    />
  );
}
