import { localDateOf } from '#core/calendar/zone.ts';
import type { Context } from '../operation.ts';

/** The ISO date where the reader is. */
export const today = ({ standing }: Pick<Context, 'standing'>): string => localDateOf(Date.now(), standing.zone);
