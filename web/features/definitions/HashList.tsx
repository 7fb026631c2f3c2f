'use client';

import { useTranslations } from 'next-intl';
import type { DefinitionHashes } from '#api/views/definitions.ts';
import styles from './Definitions.module.css';

/** By what its parts are addressed: the same hash is the same content. */
export function HashList({ hashes }: { readonly hashes: DefinitionHashes }) {
  const t = useTranslations('definitions');
  const { set, graph, diagram, forms, decisions } = hashes;
  return (
    <dl className={styles.hashes}>
      {(
        [
          ['set', set],
          ['graph', graph],
          ['diagram', diagram],
        ] as const
      ).map(([kind, hash]) => (
        <div key={kind}>
          <dt>{t(`hashKinds.${kind}`)}</dt>
          <dd>
            <code>{hash ?? '–'}</code>
          </dd>
        </div>
      ))}
      {partsOf({ forms, decisions }).map(([kind, parts]) => (
        <div key={kind}>
          <dt>{t(`hashKinds.${kind}`)}</dt>
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

/** A draft that does not compile pins none. */
const partsOf = ({ forms, decisions }: Pick<DefinitionHashes, 'forms' | 'decisions'>) =>
  (
    [
      ['forms', forms],
      ['decisions', decisions],
    ] as const
  ).filter(([, parts]) => Object.keys(parts).length > 0);
