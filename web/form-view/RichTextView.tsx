/**
 * XHTML and Markdown of a form as React elements: read into a tree, everything taken out that is not on the list, and drawn from there.
 * No text of a form ever becomes HTML.
 */
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { sanitize } from 'hast-util-sanitize';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toHast } from 'mdast-util-to-hast';
import type { ComponentProps } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import type { RichText } from '#core/form/rich-text.ts';
import styles from './rich-text.module.css';
import { BLOCK, INLINE } from './rich-text-schema.ts';

export function RichTextView({ kind, source, isBlock }: RichText & { readonly isBlock: boolean }) {
  const tree = kind === 'xhtml' ? fromHtml(source, { fragment: true }) : (toHast(fromMarkdown(source)) as Root);
  const clean = sanitize(tree, isBlock ? BLOCK : INLINE);
  const content = toJsxRuntime(clean, { Fragment, jsx, jsxs, components: isBlock ? BLOCK_PARTS : INLINE_PARTS });
  return isBlock ? <div className={styles.rich}>{content}</div> : content;
}

/** A form's headings are no headings of the page. */
const Heading = ({ children }: ComponentProps<'h1'>) => (
  <p>
    <strong>{children}</strong>
  </p>
);

const Picture = ({ src, alt }: ComponentProps<'img'>) =>
  // biome-ignore lint/performance/noImgElement: the picture stands in the form itself.
  typeof src === 'string' && src.startsWith('data:image/') ? <img src={src} alt={alt ?? ''} /> : <span>{alt}</span>;

const BLOCK_PARTS = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  img: Picture,
  a: ({ href, children }: ComponentProps<'a'>) =>
    href ? (
      <a href={href} target="_blank" rel="noreferrer">
        {children}
      </a>
    ) : (
      children
    ),
  table: ({ children }: ComponentProps<'table'>) => (
    <div className={styles.scroll}>
      <table>{children}</table>
    </div>
  ),
};

/** Paragraphs of a label follow each other on one line. */
const INLINE_PARTS = { p: ({ children }: ComponentProps<'p'>) => <span>{children} </span>, img: Picture };
