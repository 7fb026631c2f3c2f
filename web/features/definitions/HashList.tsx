'use client';

import { useTranslations } from 'next-intl';
import type { DefinitionHashes } from '#api/views.ts';
import styles from './Definitions.module.css';

/** By what its parts are addressed: the same hash is the same content. */
export function HashList({ hashes }: { readonly hashes: DefinitionHashes }) {
  const t = useTranslations('definitions');
  const { set, graph, diagram, forms, decisions } = hashes;
  return (
    <dl className={styles.hashes}>
      {Object.entries({ set, graph, diagram } as const).map(([kind, hash]) => (
        <div key={kind}>
          <dt>{t(`hashKinds.${kind as 'set' | 'graph' | 'diagram'}`)}</dt>
          <dd>
            <code>{hash ?? '–'}</code>
          </dd>
        </div>
      ))}
      {Object.entries({ forms, decisions } as const).map(([kind, parts]) => (
        <div key={kind}>
          <dt>{t(`hashKinds.${kind as 'forms' | 'decisions'}`)}</dt>
          <dd>
            {Object.entries(parts).map(([name, hash]) => (
              <span key={name}>
                {name} <code title={hash}>{hash.slice(0, 12)}</code>
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
