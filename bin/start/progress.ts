/**
 * What the person at the terminal sees while something takes long: one live line on a terminal, plain lines elsewhere.
 * Nothing is printed for what is done within two seconds but its result.
 */
import process from 'node:process';

const QUIET_MS = 2_000;
const LIVE_INTERVAL_MS = 200;
const PLAIN_INTERVAL_MS = 10_000;

export type Report = (detail: string) => void;

interface Activity {
  readonly title: string;
  readonly since: number;
  detail: string;
  lastPlainAt: number;
}

const activities = new Set<Activity>();
let ticker: NodeJS.Timeout | undefined;
const isLive = process.stdout.isTTY === true;

/** Runs `work` under a title; `report` says how far it is, `done` what to print when it succeeded. */
export async function step<T>(title: string, work: (report: Report) => Promise<T>, done?: (result: T) => string): Promise<T> {
  const now = Date.now();
  const activity: Activity = { title, since: now, detail: '', lastPlainAt: now - PLAIN_INTERVAL_MS + QUIET_MS };
  activities.add(activity);
  ticker ??= setInterval(tick, LIVE_INTERVAL_MS).unref();
  try {
    const result = await work((detail) => {
      activity.detail = detail;
    });
    finish(activity);
    say(`✓ ${done?.(result) ?? title} (${seconds(activity.since)})`);
    return result;
  } catch (error) {
    finish(activity);
    say(`✗ ${title} (${seconds(activity.since)})`);
    throw error;
  }
}

/** Prints a line without tearing the live one. */
export function say(line: string): void {
  clearLive();
  process.stdout.write(`${line}\n`);
}

function finish(activity: Activity): void {
  activities.delete(activity);
  clearLive();
  if (activities.size > 0 || ticker === undefined) return;
  clearInterval(ticker);
  ticker = undefined;
}

function tick(): void {
  if (isLive) {
    const width = process.stdout.columns ?? 80;
    const line = [...activities].map((activity) => `… ${describe(activity)}`).join('   ');
    process.stdout.write(`\r\u001b[2K${line.slice(0, width - 1)}`);
    return;
  }
  const now = Date.now();
  for (const activity of activities) {
    if (now - activity.lastPlainAt < PLAIN_INTERVAL_MS) continue;
    activity.lastPlainAt = now;
    process.stdout.write(`… ${describe(activity)}\n`);
  }
}

const describe = ({ title, detail, since }: Activity) => `${title}${detail === '' ? '' : `: ${detail}`} ${seconds(since)}`;

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

function clearLive(): void {
  if (isLive) process.stdout.write('\r\u001b[2K');
}
