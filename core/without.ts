/** A copy without some members: what a rest pattern gives, which engines make thirty times as slowly. For the way of every step. */
export function without<T extends object, K extends keyof T>(object: T, ...names: readonly K[]): Omit<T, K> {
  const left: readonly PropertyKey[] = names;
  const copy: Partial<T> = {};
  for (const name in object) if (!left.includes(name)) copy[name] = object[name];
  // Whatever is not named was copied.
  return copy as Omit<T, K>;
}
