/**
 * The number of the interpreter's meaning (P23). It stands in every step; a change of `decide` or `evolve` that gives other events or
 * another state for the same input is a new number, and the old meaning is kept as long as histories made with it.
 */
export const SEMANTICS = 1;
