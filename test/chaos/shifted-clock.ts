/** Preloaded into a real process: its clock goes CLOCK_SHIFT_MS ahead or behind. */
import process from 'node:process';

const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const Real = Date;

globalThis.Date = new Proxy(Real, {
  construct: (target, args: [], newTarget) => Reflect.construct(target, args.length === 0 ? [Real.now() + shiftMs] : args, newTarget),
  apply: () => new Real(Real.now() + shiftMs).toString(),
  get: (target, property, receiver) => (property === 'now' ? () => Real.now() + shiftMs : Reflect.get(target, property, receiver)),
});
