/** Signs in a reason or a note; the API takes twice as many. */
export const REASON_MAX = 1000;
