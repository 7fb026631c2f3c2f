import { useTranslations } from 'next-intl';
import type { ReportStage } from '#core/quality/report-stage.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';

const TONES = {
  'not-reported': 'warning',
  checking: 'info',
  locked: 'danger',
  correcting: 'warning',
  approving: 'info',
  accepting: 'info',
  accepted: 'success',
  answering: 'primary',
  closed: 'success',
  missed: 'danger',
  left: 'neutral',
  unanswered: 'warning',
} as const satisfies Record<ReportStage, Tone>;

export const StageTag = ({ stage }: { readonly stage: ReportStage }) => {
  const t = useTranslations('quality.stages');
  return <Tag tone={TONES[stage]}>{t(stage)}</Tag>;
};
