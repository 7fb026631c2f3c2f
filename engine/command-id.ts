import { derivedId } from '#core/journal/derived-id.ts';
import { NODE_DIGESTS } from './digests.ts';

/** Ids of machine commands: the same cause gives the same UUID, so an activity that runs twice has one effect (P4, P14). */
export const commandIdOf = (...cause: readonly (string | number)[]): string => derivedId(cause, NODE_DIGESTS);
