/** A repetition inside a repetition can take exponential time on a text made for it. */
export const SLOW_PATTERN = /\([^()]*[+*}][^()]*\)[+*{]/;
