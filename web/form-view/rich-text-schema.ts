/** What of a form's XHTML and Markdown may be drawn. Everything else goes; the words in it stay, except those of scripts and styles. */
import type { Schema } from 'hast-util-sanitize';

const MARKS = ['b', 'strong', 'i', 'em', 'u', 's', 'del', 'sub', 'sup', 'small', 'mark', 'code', 'span', 'br'];

export const INLINE: Schema = {
  tagNames: [...MARKS, 'p', 'img'],
  attributes: { img: ['src', 'alt'] },
  // Pages load nothing from elsewhere: a picture stands in the form itself.
  protocols: { src: ['data'] },
  strip: ['script', 'style', 'title', 'iframe', 'object', 'template', 'noscript', 'svg', 'math'],
};

export const BLOCK: Schema = {
  ...INLINE,
  tagNames: [
    ...MARKS,
    ...['p', 'div', 'img', 'a', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ],
  attributes: { img: ['src', 'alt'], a: ['href'], th: ['colSpan', 'rowSpan', 'scope'], td: ['colSpan', 'rowSpan'], ol: ['start'] },
  protocols: { src: ['data'], href: ['http', 'https', 'mailto', 'tel'] },
  // Cells without a table and entries without a list would be drawn on their own.
  ancestors: { li: ['ol', 'ul'], tr: ['table'], th: ['table'], td: ['table'], thead: ['table'], tbody: ['table'], tfoot: ['table'] },
};
