'use client';

import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  PauseCircleFilled,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { InstanceStatus } from '#api/views.ts';
import { Tag, type Tone } from './Tag.tsx';

const LOOKS = {
  active: { tone: 'primary', icon: <SyncOutlined aria-hidden /> },
  stopped: { tone: 'danger', icon: <PauseCircleFilled aria-hidden /> },
  departed: { tone: 'neutral', icon: <MinusCircleOutlined aria-hidden /> },
  ended: { tone: 'info', icon: <ClockCircleOutlined aria-hidden /> },
  completed: { tone: 'success', icon: <CheckCircleFilled aria-hidden /> },
  closed: { tone: 'success', icon: <SafetyCertificateOutlined aria-hidden /> },
  'closed-unevaluated': { tone: 'warning', icon: <CheckCircleFilled aria-hidden /> },
  rejected: { tone: 'danger', icon: <CloseCircleOutlined aria-hidden /> },
  declined: { tone: 'danger', icon: <CloseCircleOutlined aria-hidden /> },
  lost: { tone: 'warning', icon: <ClockCircleOutlined aria-hidden /> },
  died: { tone: 'neutral', icon: <CloseCircleOutlined aria-hidden /> },
  'false-alarm': { tone: 'neutral', icon: <CloseCircleOutlined aria-hidden /> },
  excluded: { tone: 'neutral', icon: <CloseCircleOutlined aria-hidden /> },
  withdrawn: { tone: 'neutral', icon: <RollbackOutlined aria-hidden /> },
  expired: { tone: 'warning', icon: <ClockCircleOutlined aria-hidden /> },
  'closed-in-parts': { tone: 'success', icon: <SafetyCertificateOutlined aria-hidden /> },
  'ended-in-parts': { tone: 'neutral', icon: <CloseCircleOutlined aria-hidden /> },
  'not-back': { tone: 'warning', icon: <CloseCircleOutlined aria-hidden /> },
  superseded: { tone: 'neutral', icon: <CloseCircleOutlined aria-hidden /> },
  aborted: { tone: 'danger', icon: <CloseCircleOutlined aria-hidden /> },
  canceled: { tone: 'neutral', icon: <CloseCircleOutlined aria-hidden /> },
} as const satisfies Record<InstanceStatus, { tone: Tone; icon: ReactNode }>;

export function StateTag({ status }: { readonly status: InstanceStatus }) {
  const t = useTranslations('common.status');
  const { tone, icon } = LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(status)}
    </Tag>
  );
}
