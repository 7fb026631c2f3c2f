'use client';

import { ArrowLeftOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { EditionView, FormHistoryView } from '#api/views/forms.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { TwoColumns } from '#web/ui/TwoColumns.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { EditionTag } from './EditionTag.tsx';
import styles from './FormBuilder.module.css';
import { RevisionList } from './RevisionList.tsx';
import { VersionComparison } from './VersionComparison.tsx';

/** One form: what it said in each version, where it is asked, and who changed what. */
export function FormPage({ flow, form }: { readonly flow: string; readonly form: string }) {
  const t = useTranslations('formBuilder.history');
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.formHistory(flow, form));
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  return (
    <Page>
      <nav className={styles.trail}>
        <Link href={paths.forms()}>
          <ArrowLeftOutlined aria-hidden /> {t('back')}
        </Link>
      </nav>
      <PageHeader
        title={text(data.title)}
        lead={`${text(data.flowName)} · ${data.formKey}${data.formVersion ? ` · ${t('formVersion', { version: data.formVersion })}` : ''}`}
        actions={<EditButton form={data} />}
      />
      <TwoColumns
        side={
          <Panel title={t('usedIn')}>
            {data.usedIn.length === 0 ? <p>{t('unused', { form: data.formKey })}</p> : null}
            <ul>
              {data.usedIn.map(({ elementId, name }) => (
                <li key={elementId}>{text(name)}</li>
              ))}
            </ul>
            {data.otherFlows.length > 0 ? <h3 className={styles.otherFlows}>{t('otherFlows')}</h3> : null}
            <ul>
              {data.otherFlows.map(({ key, name, formKey }) => (
                <li key={key}>
                  <Link href={paths.form(key, formKey)}>{text(name)}</Link>
                </li>
              ))}
            </ul>
          </Panel>
        }
      >
        <Panel title={t('versions')}>
          <Versions form={data} />
        </Panel>
        {data.editions.map((edition) => (
          <Panel
            key={edition.id}
            title={
              <span className={styles.marks}>
                {edition.publishedVersion === null ? t('edition') : t('editionOf', { version: edition.publishedVersion })}
                <EditionTag state={edition.state} />
              </span>
            }
          >
            <Acts acts={edition.acts} />
            <RevisionList flow={flow} form={form} editionId={edition.id} />
          </Panel>
        ))}
      </TwoColumns>
    </Page>
  );
}

function EditButton({ form }: { readonly form: FormHistoryView }) {
  const t = useTranslations('formBuilder.history');
  const { can } = useMe();
  const words = useErrorWords();
  const router = useRouter();
  const { message } = App.useApp();
  const { serviceKey, formKey, edition } = form;
  const begin = useMutation<EditionView, ApiError>({
    mutationFn: () => send('POST', reads.edition(serviceKey, formKey).path, {}),
    onSuccess: () => router.push(paths.formEdition(serviceKey, formKey)),
    onError: (error) => {
      // Somebody was faster: theirs is the one to go on with.
      if (error.view.code === 'edition-open') router.push(paths.formEdition(serviceKey, formKey));
      else message.error(words(error));
    },
  });
  if (edition) {
    return (
      <Link href={paths.formEdition(serviceKey, formKey)}>
        <Button type="primary">{edition.state === 'in-review' ? t('review') : can.editForms ? t('continue') : t('look')}</Button>
      </Link>
    );
  }
  return can.editForms ? (
    <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>
      {t('change')}
    </Button>
  ) : null;
}

function Versions({ form }: { readonly form: FormHistoryView }) {
  const t = useTranslations('formBuilder.history');
  const definitions = useTranslations('definitions');
  const { name } = useText();
  const [compared, setCompared] = useState<number | null>(null);
  return (
    <ol className={styles.list}>
      {form.versions.map(({ version, formVersion, isCurrent, state, at, by }, index) => {
        const before = form.versions[index + 1];
        return (
          <li key={version}>
            <span className={styles.marks}>
              <Link href={paths.definition(form.serviceKey, version)}>{definitions('version', { version })}</Link>
              {formVersion ? <span className={styles.quiet}>{t('formVersion', { version: formVersion })}</span> : null}
              {isCurrent ? <span>{definitions('current')}</span> : state === 'retired' ? <span>{definitions('state.retired')}</span> : null}
              <span className={styles.quiet}>
                {by ? name(by) : definitions('product')} <TimeText at={at} />
              </span>
              {before ? (
                <Button
                  size="small"
                  type="link"
                  aria-expanded={compared === version}
                  onClick={() => setCompared(compared === version ? null : version)}
                >
                  {t('compareWith', { version: before.version })}
                </Button>
              ) : null}
            </span>
            {before && compared === version ? (
              <VersionComparison flow={form.serviceKey} form={form.formKey} before={before.version} after={version} />
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

function Acts({ acts }: { readonly acts: FormHistoryView['editions'][number]['acts'] }) {
  const t = useTranslations('formBuilder.history');
  const { name } = useText();
  return (
    <ol className={styles.list}>
      {acts.map(({ act, by, at, note }) => (
        <li key={`${act}/${at}`}>
          <span className={styles.marks}>
            <span>{t(`did.${act}`)}</span>
            <span>{by ? name(by) : ''}</span>
            <span className={styles.quiet}>
              <TimeText at={at} />
            </span>
          </span>
          {note ? <span className={styles.note}>{note}</span> : null}
        </li>
      ))}
    </ol>
  );
}
