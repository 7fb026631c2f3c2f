'use client';

import { DeleteOutlined, RightOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { DraftSummary, ServiceView } from '#api/views.ts';
import { send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { shortDateTime } from '#web/lib/time.ts';
import { usePresent } from '#web/lib/use-now.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import styles from './ServiceCatalogue.module.css';
import { ServiceIcon } from './ServiceIcon.tsx';

export function ServiceCatalogue() {
  const t = useTranslations('apply');
  const { text } = useText();
  const { data: services, error, refetch } = useRead(reads.services());
  return (
    <Page isNarrow>
      <PageHeader title={t('title')} lead={t('lead')} />
      {error && !services ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
      {services?.length === 0 ? <EmptyState title={t('empty')} hint={t('emptyHint')} /> : null}
      <ul className={styles.services}>
        {services?.map(({ key, name, description, icon }) => (
          <li key={key}>
            <Link href={paths.applyFor(key)}>
              <ServiceIcon icon={icon} className={styles.icon} />
              <span className={styles.words}>
                <strong>{text(name)}</strong>
                <span>{text(description)}</span>
              </span>
              <RightOutlined aria-hidden />
            </Link>
          </li>
        )) ?? (error ? null : <Bone height="88px" />)}
      </ul>
      <Drafts services={services ?? []} />
    </Page>
  );
}

type ServiceDraft = DraftSummary & { readonly scope: Extract<DraftSummary['scope'], { kind: 'service' }> };
const isServiceDraft = (draft: DraftSummary): draft is ServiceDraft => draft.scope.kind === 'service';

function Drafts({ services }: { readonly services: readonly ServiceView[] }) {
  const t = useTranslations('apply');
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { text } = useText();
  const now = usePresent();
  const { data } = useRead(reads.drafts());
  const drafts = data?.filter(isServiceDraft) ?? [];
  if (drafts.length === 0) return null;

  const remove = async (id: string) => {
    try {
      await send('DELETE', reads.draft(id).path);
      message.success(t('draftDeleted'));
    } catch (error) {
      message.error(words(error));
    }
    await Promise.all([client.invalidateQueries({ queryKey: ['drafts'] }), client.invalidateQueries({ queryKey: ['services'] })]);
  };
  return (
    <section className={styles.drafts}>
      <h2>{t('drafts')}</h2>
      <ul>
        {drafts.map(({ id, scope, savedAt }) => (
          <li key={id}>
            <Link href={paths.applyFor(scope.serviceKey, { draft: id })}>
              {text(services.find(({ key }) => key === scope.serviceKey)?.name) || scope.serviceKey}
              <small>{t('draftSaved', { time: shortDateTime(savedAt, now) })}</small>
            </Link>
            <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={t('draftDelete')} onClick={() => remove(id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
