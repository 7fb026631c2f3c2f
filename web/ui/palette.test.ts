import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, type Palette } from './palette.ts';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe.each([
  ['light', LIGHT, ':root'],
  ['dark', DARK, '[data-theme="dark"]'],
] as const)('the %s palette', (_, palette, selector) => {
  it('is the same for the components and for our own style sheets', () => {
    const block = css.slice(css.indexOf(selector), css.indexOf('}', css.indexOf(selector)));
    for (const [name, colour] of Object.entries(palette)) expect(block).toContain(`--bh-color-${kebab(name)}: ${colour};`);
  });

  const texts: readonly (keyof Palette)[] = ['text', 'textSecondary', 'link', 'danger', 'warning', 'success', 'info'];
  const grounds: readonly (keyof Palette)[] = ['bg', 'bgSubtle', 'bgRaised', 'bgHover', 'bgSelected'];
  it.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))('lets %s be read on %s', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['danger', 'dangerBg'],
    ['warning', 'warningBg'],
    ['success', 'successBg'],
    ['info', 'infoBg'],
    ['text', 'neutralBg'],
    ['textSecondary', 'neutralBg'],
    ['onPrimary', 'primary'],
    ['onPrimary', 'primaryHover'],
  ] as const)('lets %s be read on %s', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it('draws the edges of fields so that they are seen', () => {
    expect(contrast(palette.borderStrong, palette.bg)).toBeGreaterThanOrEqual(3);
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
