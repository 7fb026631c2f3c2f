/** Where a worker may die: `protocol.md`, "Crash points to test". */
export const CRASH_POINTS = [
  'between commit and Update',
  'between Update and its answer',
  'between a fired timer and the door',
  'between the door and the end of the timer',
  'between the end of a called process and its caller',
  'between its caller and the end of the telling',
  'between the decision to seal and the seal',
  'between the seal and the end of the workflow',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];
