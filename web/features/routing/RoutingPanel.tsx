'use client';

import { useTranslations } from 'next-intl';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { Panel } from '#web/ui/Panel.tsx';
import { RouteDecision } from './RouteDecision.tsx';
import styles from './Routing.module.css';

export interface RoutingPanelProps {
  readonly instanceId: string;
  readonly serviceKey: string;
}

/** Of an order: where it went, by whom and why; earlier decisions below. Of anything else: nothing. */
export function RoutingPanel({ instanceId, serviceKey }: RoutingPanelProps) {
  return serviceKey === 'order' ? <Decisions instanceId={instanceId} /> : null;
}

function Decisions({ instanceId }: { readonly instanceId: string }) {
  const t = useTranslations('routing');
  const { data } = useRead(reads.instanceRouting(instanceId));
  const [last, ...earlier] = data?.decisions ?? [];
  if (!last) return null;
  return (
    <Panel title={t('title')}>
      <RouteDecision decision={last} />
      {earlier.length > 0 ? (
        <details className={styles.earlier}>
          <summary>{t('earlier', { count: earlier.length })}</summary>
          {earlier.map((decision) => (
            <RouteDecision key={decision.at} decision={decision} />
          ))}
        </details>
      ) : null}
    </Panel>
  );
}
