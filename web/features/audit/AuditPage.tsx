'use client';

import { ArrowLeftOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SetStateAction, useCallback, useDeferredValue, useEffect, useState } from 'react';
import type { AuditView } from '#api/views/audit.ts';
import { LegalHoldActs } from '#web/features/retention/LegalHoldActs.tsx';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Page } from '#web/ui/Page.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { TwoColumns } from '#web/ui/TwoColumns.tsx';
import styles from './Audit.module.css';
import { ChainPanel } from './ChainPanel.tsx';
import { MomentView } from './MomentView.tsx';
import { Player } from './Player.tsx';
import { ReplayPanel } from './ReplayPanel.tsx';
import { StepPanel } from './StepPanel.tsx';

export function AuditPage({ instanceId }: { readonly instanceId: string }) {
  const { data, error, refetch } = useRead(reads.audit(instanceId));
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  return data && data.steps.length > 0 ? <Replay audit={data} /> : null;
}

/** Time travel: one step at a time, with everything as it was then. The step stands in the address. */
function Replay({ audit }: { readonly audit: AuditView }) {
  const t = useTranslations('audit');
  const retention = useTranslations('retention');
  const { text } = useText();
  const { header, steps } = audit;
  const first = steps[0]?.seq ?? 1;
  const last = steps.at(-1)?.seq ?? 1;
  const asked = Number(useSearchParams().get('step') ?? last);
  const [seq, setSeq] = useState(steps.some((step) => step.seq === asked) ? asked : last);
  const shown = useDeferredValue(seq);
  // From where it stands now, so that a key held down loses no step to a drawing that is behind.
  const go = useCallback(
    (to: SetStateAction<number>) => setSeq((now) => Math.min(last, Math.max(first, typeof to === 'function' ? to(now) : to))),
    [first, last],
  );
  useEffect(() => {
    if (seq !== asked) window.history.replaceState(null, '', paths.auditOf(header.id, seq));
  }, [seq, asked, header.id]);
  const step = steps.find((each) => each.seq === seq);

  return (
    <Page>
      <div className={styles.head}>
        <div>
          <nav className={styles.trail}>
            <Link href={paths.audit()}>
              <ArrowLeftOutlined aria-hidden /> {t('back')}
            </Link>
            <Link href={paths.instance(header.id)}>{t('openInstance')}</Link>
          </nav>
          <h1>{text(header.title) || text(header.serviceName)}</h1>
          <p className={styles.marks}>
            <StateTag status={header.status} />
            <span>{header.number}</span>
          </p>
        </div>
      </div>
      {audit.chain.valid ? null : <Alert type="error" showIcon title={t('chainBroken', { seq: audit.chain.brokenAt ?? 0 })} />}
      <Player steps={steps} seq={seq} onGo={go} />
      <TwoColumns
        className={styles.columns}
        side={
          <>
            {step ? <StepPanel steps={steps} step={step} onGo={go} /> : null}
            <ReplayPanel instanceId={header.id} onGo={go} />
            <ChainPanel audit={audit} />
            {audit.legalHolds.length > 0 ? (
              <Panel title={retention('acts')}>
                <LegalHoldActs acts={audit.legalHolds} />
              </Panel>
            ) : null}
          </>
        }
      >
        <MomentView instanceId={header.id} seq={shown} />
      </TwoColumns>
    </Page>
  );
}
