'use client';

import { App, Button } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { dateTime, shortDateTime } from '#web/lib/time.ts';
import { usePresent } from '#web/lib/use-now.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './Kept.module.css';
import { useDeliveryState, useKept, useKeptHeads } from './KeptProvider.tsx';
import { addressOf, expiresAt, isSending, isWaiting, type KeptHead } from './kept.ts';
import { useLabelWords } from './use-label-words.ts';

/** What waits on this device, why, and what can be done about it. */
export function KeptList({ onOpen }: { readonly onOpen: () => void }) {
  const t = useTranslations('offline');
  const heads = useKeptHeads();
  const { isOffline, isSignedOut } = useDeliveryState();
  return (
    <div className={styles.popover}>
      <p>
        <strong>{isOffline ? t('offline') : t('title')}</strong>
      </p>
      <p className={styles.small}>{isSignedOut ? t('signedOutHint') : isOffline ? t('offlineHint') : t('titleHint')}</p>
      {heads.length > 0 ? (
        <ul className={styles.list} aria-label={t('title')}>
          {heads.map((head) => (
            <Kept key={head.id} head={head} onOpen={onOpen} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Kept({ head, onOpen }: { readonly head: KeptHead; readonly onOpen: () => void }) {
  const t = useTranslations('offline');
  const kept = useKept();
  const router = useRouter();
  const now = usePresent();
  const labelWords = useLabelWords();
  const errorWords = useErrorWords();
  const { message, modal } = App.useApp();
  const { state } = head;
  const takeBack = async () => {
    if (!(await kept.takeBack(head.id))) message.info(t('onItsWay'));
  };
  const remove = () =>
    modal.confirm({
      title: t('removeTitle'),
      content: t('removeHint'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      onOk: () => kept.drop([head.id]),
    });
  return (
    <li>
      <strong>{labelWords(head)}</strong>
      <span className={isWaiting(head) ? '' : styles.bad}>
        {t(`state.${state.kind}`)}
        {'code' in state ? ` ${errorWords(state.code)}` : ''}
      </span>
      <small>{t('keptAt', { time: shortDateTime(head.keptAt, now), until: dateTime(expiresAt(head)) })}</small>
      <span className={styles.choices}>
        <Button
          onClick={() => {
            onOpen();
            router.push(addressOf(head));
          }}
        >
          {t('open')}
        </Button>
        {isSending(head) ? <Button onClick={takeBack}>{t('withdraw')}</Button> : null}
        {state.kind === 'not-saved' || state.kind === 'conflict' ? (
          <Button danger onClick={remove}>
            {t('remove')}
          </Button>
        ) : null}
      </span>
    </li>
  );
}
