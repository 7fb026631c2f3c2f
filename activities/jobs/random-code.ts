/** A code that nobody can guess: from the generator of the operating system, never from anything in the instance. */
import { randomInt } from 'node:crypto';
import { JobError, type JobHandler } from './jobs.ts';

/** Without letters and digits that are taken for one another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LABEL_LENGTH = 6;

/**
 * `kind` = `one-time`: `code` is a whole number of six digits, for somebody to type. `label`: six letters and digits, for the outside of a
 * parcel. A run that is repeated makes another code, and the door takes one of them.
 */
export const randomCode: JobHandler = async ({ variables: { kind } }) => {
  switch (kind) {
    case 'one-time':
      return { code: randomInt(100_000, 1_000_000) };
    case 'label':
      return { code: Array.from({ length: LABEL_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('') };
    default:
      throw new JobError('The input "kind" must be "one-time" or "label".', { isFinal: true });
  }
};
