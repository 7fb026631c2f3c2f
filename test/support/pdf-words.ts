/** As much of a PDF as a test asks for: how many pages it has, and which characters can be copied out of it. */
import { inflateSync } from 'node:zlib';

export interface PdfWords {
  readonly pageCount: number;
  /** Every character that some font of the document maps to text. Browsers write radicals for a few (⾯ for 面), so all are normalised. */
  readonly characters: ReadonlySet<string>;
}

export function pdfWords(pdf: Buffer): PdfWords {
  const text = pdf.toString('latin1');
  const characters = new Set<string>();
  for (const stream of streamsIn(text)) {
    for (const [table] of stream.matchAll(/beginbf(?:char|range).*?endbf(?:char|range)/gs))
      for (const each of charactersIn(table)) characters.add(each.normalize('NFKC'));
  }
  return { pageCount: [...text.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length, characters };
}

function* streamsIn(text: string): Generator<string> {
  for (const { 1: dictionary = '', 2: body = '' } of text.matchAll(/<<((?:(?!>>\s*stream).)*)>>\s*stream\r?\n(.*?)\r?\nendstream/gs)) {
    if (!dictionary.includes('FlateDecode')) continue;
    try {
      yield inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
    } catch {
      // A picture or font that is packed in another way holds no words.
    }
  }
}

/** `<00AB> <4F1A>` in a table of single codes, `<00AB> <00AD> <4F1A>` in one of ranges (PDF 32000-1, 9.10.3). */
function* charactersIn(table: string): Generator<string> {
  const isRange = table.startsWith('beginbfrange');
  const codes = [...table.matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, hex = '']) => hex);
  const step = isRange ? 3 : 2;
  for (let at = 0; at + step <= codes.length; at += step) {
    const first = Number.parseInt(codes[at] ?? '', 16);
    const last = isRange ? Number.parseInt(codes[at + 1] ?? '', 16) : first;
    const units = (codes[at + step - 1] ?? '').match(/.{4}/g)?.map((unit) => Number.parseInt(unit, 16)) ?? [];
    const [start = 0] = units;
    if (units.length > 1) yield String.fromCharCode(...units);
    else for (let offset = 0; offset <= last - first; offset += 1) yield String.fromCharCode(start + offset);
  }
}
