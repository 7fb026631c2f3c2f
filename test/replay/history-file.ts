/** Histories as files: JSON of the protocol's own fields, which reads well in a review and comes back exactly. */
import proto, { type temporal } from '@temporalio/proto';

// The package is CommonJS: its names are members of the default export.
const { History } = proto.temporal.api.history.v1;
type HistoryMessage = temporal.api.history.v1.IHistory;

export const historyText = (history: HistoryMessage): string =>
  `${JSON.stringify(History.toObject(History.fromObject(history), { enums: String, longs: String, bytes: String }), null, 1)}\n`;

export const readHistory = (text: string): HistoryMessage => History.fromObject(JSON.parse(text) as object);
