import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { RichText } from '#core/form/rich-text.ts';
import { RichTextView } from './RichTextView.tsx';

const draw = (kind: RichText['kind'], source: string, isBlock = true): string =>
  renderToStaticMarkup(<RichTextView kind={kind} source={source} isBlock={isBlock} />);

describe('a text with a look', () => {
  it('keeps marks, lists, tables and links of the web', () => {
    const drawn = draw(
      'xhtml',
      '<p><b>a</b> <a href="https://example.org">b</a></p><ul><li>c</li></ul><table><tr><td colspan="2">d</td></tr></table>',
    );
    for (const part of ['<b>a</b>', 'href="https://example.org"', 'rel="noreferrer"', '<li>c</li>', '<td colSpan="2">d</td>'])
      expect(drawn).toContain(part);
    expect(draw('markdown', '**a**\n\n- b\n\n[c](https://example.org)')).toMatch(
      /<strong>a<\/strong>.*<li>b<\/li>.*href="https:\/\/example.org"/s,
    );
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src="x" onerror="alert(1)">',
    '<img src="https://elsewhere.example/a.png">',
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" java\tscript:alert(1)">a</a>',
    '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
    '<iframe src="https://elsewhere.example"></iframe>',
    '<form action="https://elsewhere.example"><button formaction="javascript:alert(1)">a</button></form>',
    '<p style="background:url(https://elsewhere.example)" onclick="alert(1)" id="id" class="name">a</p>',
    '<style>body{display:none}</style><link rel="stylesheet" href="https://elsewhere.example">',
    '<base href="https://elsewhere.example"><meta http-equiv="refresh" content="0;url=https://elsewhere.example">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<img src="data:text/html,<script>alert(1)</script>">',
  ])('loses what could do something: %s', (source) => {
    const isMarkdownToo = [draw('xhtml', source), draw('xhtml', source, false), draw('markdown', source)];
    for (const drawn of isMarkdownToo) {
      expect(drawn).not.toMatch(
        /elsewhere|javascript|alert\(1\)"|onerror=|onclick=|<(script|style|svg|math|iframe|form|button|link|base|meta)|style=|id="id"/i,
      );
    }
  });

  it('in Markdown, HTML is no HTML', () => {
    expect(draw('markdown', 'a <b onclick="x()">b</b> [c](javascript:alert(1)) ![d](https://elsewhere.example/d.png)')).not.toMatch(
      /<b |href|src=/,
    );
  });

  it('in a label is one line without links', () => {
    expect(draw('xhtml', '<p>a <i>b</i></p><ul><li>c</li></ul><a href="https://example.org">d</a>', false)).toBe(
      '<span>a <i>b</i> </span>cd',
    );
  });

  it('has no headings of the page', () => {
    expect(draw('markdown', '# a')).not.toContain('<h1');
    expect(draw('markdown', '# a')).toContain('<strong>a</strong>');
  });
});
