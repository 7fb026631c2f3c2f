/**
 * In which order to go, where some need others first: each list needs only lists before it. Those that need each other stand in one list
 * (strongly connected components, https://doi.org/10.1137/0201010).
 */
export function strataOf<T>(all: readonly T[], needs: (each: T) => Iterable<T>): readonly (readonly T[])[] {
  const strata: T[][] = [];
  /** When something was first met; infinite once its list is made. */
  const met = new Map<T, number>();
  const open: T[] = [];

  /** The earliest of what is still open to which this leads. */
  const visit = (each: T): number => {
    const at = met.size;
    met.set(each, at);
    open.push(each);
    let earliest = at;
    for (const needed of needs(each)) earliest = Math.min(earliest, met.get(needed) ?? visit(needed));
    if (earliest === at) {
      const stratum = open.splice(open.lastIndexOf(each));
      for (const done of stratum) met.set(done, Number.POSITIVE_INFINITY);
      strata.push(stratum);
    }
    return earliest;
  };
  for (const each of all) if (!met.has(each)) visit(each);
  return strata;
}
