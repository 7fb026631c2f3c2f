'use client';

import { useNow } from 'next-intl';

/** The present, told anew every half minute; on the first picture the server's, so that both draw the same words. */
export const usePresent = (): Date => useNow({ updateInterval: 30_000 });
