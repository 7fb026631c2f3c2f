/** The colours of the day as custom properties: for paper, which is white whatever the screen is. */
import type { CSSProperties } from 'react';
import { LIGHT } from './palette.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

// A type cannot name custom properties.
export const lightTokens = Object.fromEntries(
  Object.entries(LIGHT).map(([name, value]) => [`--bh-color-${kebab(name)}`, value]),
) as CSSProperties;
