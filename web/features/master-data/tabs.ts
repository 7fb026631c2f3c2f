/** What the address says of the page of master data. */
import { DICTIONARY_KEYS, type DictionaryKey } from '#core/master-data/dictionary.ts';

export const TABS = ['worklist', 'mappings', 'dictionaries', 'routing', 'history'] as const;
export type Tab = (typeof TABS)[number];

type Asked = string | readonly string[] | undefined;

export const tabFrom = (asked: Asked): Tab => TABS.find((tab) => tab === asked) ?? 'worklist';
export const dictionaryFrom = (asked: Asked): DictionaryKey => DICTIONARY_KEYS.find((key) => key === asked) ?? 'exam';
