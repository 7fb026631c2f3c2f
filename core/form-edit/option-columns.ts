/** Which column of pasted options is what: by its heading, or by what stands in it. */
export const OPTION_COLUMNS = ['code', 'display', 'english', 'score'] as const;
export type OptionColumn = (typeof OPTION_COLUMNS)[number];

const HEADINGS: Readonly<Record<OptionColumn, readonly string[]>> = {
  code: ['code', 'value', 'id', '编码', '代码', '值', '选项编码', '选项代码'],
  display: [
    'display',
    'label',
    'text',
    'option',
    'name',
    'chinese',
    'zh',
    'zh-cn',
    '显示',
    '显示文字',
    '文字',
    '名称',
    '选项',
    '中文',
    '选项名称',
  ],
  english: ['english', 'en', 'translation', '英文', '译文', '英文名称', '英语', '英文译文'],
  score: ['score', 'points', 'weight', 'ordinal', '分值', '分数', '得分', '评分', '权重'],
};

/** Null: a column that nobody asks for, when others have headings. Null as a whole: it is no heading, but an option. */
export function columnsByHeading(cells: readonly string[]): readonly (OptionColumn | null)[] | null {
  const columns = cells.map((cell) => OPTION_COLUMNS.find((column) => HEADINGS[column].includes(cell.toLowerCase())) ?? null);
  const known = columns.filter((column) => column !== null);
  const isHeading = known.length > 0 && new Set(known).size === known.length && (known.length > 1 || cells.length === 1);
  return isHeading ? columns : null;
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const CHINESE = /\p{Script=Han}/u;

/** Without headings: numbers at the end are scores, words without spaces at the beginning are codes, of two texts the Chinese one comes first. */
export function columnsByContent(rows: readonly (readonly string[])[]): readonly (OptionColumn | null)[] {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const columnAt = (index: number): readonly string[] => rows.map((cells) => cells[index] ?? '').filter((cell) => cell !== '');
  const open = Array.from({ length: width }, (_, index) => index).filter((index) => columnAt(index).length > 0);
  const columns: (OptionColumn | null)[] = Array.from({ length: width }, () => null);
  const take = (index: number | undefined, column: OptionColumn): void => {
    if (index === undefined) return;
    columns[index] = column;
    open.splice(open.indexOf(index), 1);
  };
  if (open.length > 1 && columnAt(open.at(-1) ?? 0).every((cell) => scoreIn(cell) !== null)) take(open.at(-1), 'score');
  if (open.length > 1 && isCodes(columnAt(open[0] ?? 0)) && !(open.length === 2 && isChinese(columnAt(open[0] ?? 0))))
    take(open[0], 'code');
  const [first, second] = open;
  if (second !== undefined && first !== undefined && isChinese(columnAt(second)) && !isChinese(columnAt(first))) take(second, 'display');
  take(open[0], columns.includes('display') ? 'english' : 'display');
  if (!columns.includes('english')) take(open[0], 'english');
  return columns;
}

const isCodes = (cells: readonly string[]): boolean => cells.every((cell) => CODE.test(cell)) && new Set(cells).size === cells.length;
const isChinese = (cells: readonly string[]): boolean => cells.some((cell) => CHINESE.test(cell));

/** Also with full-width digits, as Chinese keyboards write them. */
export function scoreIn(cell: string): number | null {
  const text = cell.normalize('NFKC').replace('分', '').trim();
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

/** A code for an option that has none: of its English words, else the next free number. */
export function codeFor(display: string, english: string | undefined, taken: ReadonlySet<string>): string {
  const words = english || (CHINESE.test(display) ? '' : display);
  const stem = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  if (stem !== '' && !taken.has(stem)) return stem;
  const base = stem === '' ? 'option' : stem;
  for (let number = stem === '' ? 1 : 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
