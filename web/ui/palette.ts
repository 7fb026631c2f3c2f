/**
 * The colours, once. Deep teal on paper for the calm, warm signals for what needs somebody. `theme.ts` gives them to the components,
 * `tokens.css` to everything of our own; a test keeps the two equal and every text readable (WCAG AA).
 */
export interface Palette {
  readonly text: string;
  readonly textSecondary: string;
  readonly border: string;
  readonly borderStrong: string;
  readonly bg: string;
  readonly bgSubtle: string;
  readonly bgRaised: string;
  readonly bgHover: string;
  readonly bgSelected: string;
  readonly primary: string;
  readonly primaryHover: string;
  readonly onPrimary: string;
  readonly link: string;
  readonly danger: string;
  readonly dangerBg: string;
  readonly warning: string;
  readonly warningBg: string;
  readonly success: string;
  readonly successBg: string;
  readonly info: string;
  readonly infoBg: string;
  readonly neutralBg: string;
  readonly rail: string;
}

export const LIGHT: Palette = {
  text: '#14262b',
  textSecondary: '#4c6168',
  border: '#d6dfe1',
  borderStrong: '#84979c',
  bg: '#ffffff',
  bgSubtle: '#f2f5f5',
  bgRaised: '#ffffff',
  bgHover: '#eef3f3',
  bgSelected: '#e0eeee',
  primary: '#0f5f68',
  primaryHover: '#0b4d55',
  onPrimary: '#ffffff',
  link: '#0a6773',
  danger: '#b3261e',
  dangerBg: '#fbeae8',
  warning: '#8a4b00',
  warningBg: '#fdf1dc',
  success: '#1c6b45',
  successBg: '#e4f3ea',
  info: '#2a5690',
  infoBg: '#e7eef8',
  neutralBg: '#e9eeef',
  rail: '#0f2f36',
};

export const DARK: Palette = {
  text: '#e4edee',
  textSecondary: '#a3b6ba',
  border: '#2c3d42',
  borderStrong: '#647a80',
  bg: '#141f23',
  bgSubtle: '#0e171a',
  bgRaised: '#1a282d',
  bgHover: '#1c2b30',
  bgSelected: '#163a3f',
  primary: '#63bdc4',
  primaryHover: '#83d0d6',
  onPrimary: '#05252a',
  link: '#78cbd2',
  danger: '#ff9a8f',
  dangerBg: '#3d1c1a',
  warning: '#f2b866',
  warningBg: '#3a2a10',
  success: '#7ecfa1',
  successBg: '#14331f',
  info: '#9bbcf0',
  infoBg: '#1b2a42',
  neutralBg: '#233237',
  rail: '#0a1316',
};
