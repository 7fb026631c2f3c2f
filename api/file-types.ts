/** Which files may be attached: known by their first bytes, not by what a browser says of them; the name's ending must agree. */

interface KnownType {
  readonly type: string;
  readonly endings: readonly string[];
  readonly matches: (content: Buffer) => boolean;
}

const startsWith =
  (...bytes: readonly number[]) =>
  (content: Buffer) =>
    bytes.every((byte, index) => content[index] === byte);
const hasAt = (text: string, offset: number) => (content: Buffer) =>
  content.subarray(offset, offset + text.length).toString('latin1') === text;
const isZip = startsWith(0x50, 0x4b, 0x03, 0x04);

const KNOWN = [
  { type: 'application/pdf', endings: ['pdf'], matches: hasAt('%PDF-', 0) },
  { type: 'image/jpeg', endings: ['jpg', 'jpeg'], matches: startsWith(0xff, 0xd8, 0xff) },
  { type: 'image/png', endings: ['png'], matches: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { type: 'image/webp', endings: ['webp'], matches: (content) => hasAt('RIFF', 0)(content) && hasAt('WEBP', 8)(content) },
  { type: 'image/heic', endings: ['heic', 'heif'], matches: (content) => hasAt('ftyphei', 4)(content) || hasAt('ftypmif1', 4)(content) },
  {
    type: 'image/tiff',
    endings: ['tif', 'tiff', 'svs'],
    matches: (content) => startsWith(0x49, 0x49, 0x2a, 0x00)(content) || startsWith(0x4d, 0x4d, 0x00, 0x2a)(content),
  },
  { type: 'application/dicom', endings: ['dcm'], matches: hasAt('DICM', 128) },
  { type: 'video/mp4', endings: ['mp4', 'm4v', 'mov'], matches: hasAt('ftyp', 4) },
  { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'], matches: isZip },
  { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'], matches: isZip },
  { type: 'text/plain', endings: ['txt', 'csv'], matches: isText },
] as const satisfies readonly KnownType[];

export type SniffedType = (typeof KNOWN)[number]['type'];

/** Null when the content is of no known kind or its name says otherwise. */
export function sniffType(content: Buffer, name: string): SniffedType | null {
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  const candidates: readonly KnownType[] = KNOWN;
  const found = candidates.find((known) => known.endings.includes(ending) && known.matches(content));
  return (found?.type as SniffedType | undefined) ?? null;
}

/** UTF-8 without control characters other than white space. */
function isText(content: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return !/\p{Cc}/u.test(text.replaceAll(/[\t\n\r]/g, ''));
  } catch {
    return false;
  }
}
