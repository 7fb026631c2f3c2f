/** The machine's own Chromium, as no browser download works everywhere; Debian's is installed where it is missing. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

export async function findChromium(tell: (message: string) => void): Promise<string> {
  const found = await lookFor();
  if (found !== null) return found;
  tell(`Installing ${PACKAGES.join(' and ')} for the browser tests (once, some minutes)`);
  const reason = await install();
  const installed = await lookFor();
  if (installed !== null) return installed;
  throw new Error(
    `The browser tests need Chromium: none of ${NAMES.join(', ')} is on the PATH, and it could not be installed (${reason}). ` +
      `Install it (on Debian: apt-get install ${PACKAGES.join(' ')}) or set CHROMIUM_PATH.`,
  );
}

async function lookFor(): Promise<string | null> {
  const given = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const places = [
    ...(given === undefined ? [] : [given]),
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  for (const file of places) {
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

const run = promisify(execFile);

/** Why it did not work, or nothing. */
async function install(): Promise<string> {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = async (...args: readonly string[]) => {
    const [command = '', ...rest] = [...asRoot, 'apt-get', ...args];
    await run(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 });
  };
  try {
    await apt('update', '-qq');
    await apt('install', '-y', '-qq', '--no-install-recommends', ...PACKAGES);
    return '';
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n').at(-2) ?? error.message).slice(0, 300) : String(error);
  }
}
