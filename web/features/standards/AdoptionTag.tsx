import { useTranslations } from 'next-intl';
import type { Adopted, AdoptionStage } from '#core/standards/adoption.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';

const STAGES = {
  unread: 'warning',
  training: 'info',
  reporting: 'warning',
  helping: 'info',
  checking: 'info',
  evaluating: 'primary',
  controlling: 'info',
  closed: 'success',
  unanswered: 'warning',
  lapsed: 'danger',
  superseded: 'neutral',
  left: 'neutral',
} as const satisfies Record<AdoptionStage, Tone>;

const ANSWERS = { yes: 'success', partly: 'warning', no: 'danger' } as const satisfies Record<Adopted, Tone>;

export const AdoptionStageTag = ({ stage }: { readonly stage: AdoptionStage }) => {
  const t = useTranslations('standards.stages');
  return <Tag tone={STAGES[stage]}>{t(stage)}</Tag>;
};

export const AdoptedTag = ({ adopted }: { readonly adopted: Adopted }) => {
  const t = useTranslations('standards.adopted');
  return <Tag tone={ANSWERS[adopted]}>{t(adopted)}</Tag>;
};
