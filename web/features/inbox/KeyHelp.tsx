'use client';

import { Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { KeyHint } from '#web/ui/KeyHint.tsx';

const KEYS = [
  ['next', ['j', '↓']],
  ['previous', ['k', '↑']],
  ['open', ['Enter', 'o']],
  ['claim', ['c']],
  ['search', ['/']],
  ['help', ['?']],
] as const;

export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('inbox');
  return (
    <Modal title={t('help')} open onCancel={onClose} footer={null} width={360}>
      <dl style={{ display: 'grid', gridTemplateColumns: '1fr auto', gap: '10px 24px' }}>
        {KEYS.map(([action, keys]) => (
          <div key={action} style={{ display: 'contents' }}>
            <dt>{t(`keys.${action}`)}</dt>
            <dd style={{ display: 'flex', gap: 4, justifyContent: 'end' }}>
              {keys.map((key) => (
                <KeyHint key={key}>{key}</KeyHint>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
