/**
 * Plain Node without dependencies: the first thing that runs in a bare clone. Checks the machine and installs what the lock file
 * names and node_modules lacks, so that everything after it may be TypeScript.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const NODE_MIN = [20, 12];
const PROGRESS_INTERVAL_MS = 5_000;

export async function prepare() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
    stop(`Bihuan needs Node ${NODE_MIN.join('.')} or newer; this is ${process.versions.node}.`);
  }
  if (process.platform === 'win32') stop('Bihuan runs on Linux and macOS. On Windows, run it in WSL.');
  process.chdir(ROOT);
  if (!isInstalled()) await install();
}

/** Every package the lock file wants is there in its version; optional ones only where they fit this machine. */
function isInstalled() {
  const wanted = readLock('package-lock.json');
  const present = readLock('node_modules/.package-lock.json');
  if (wanted === null) stop('package-lock.json is missing: this is not a whole clone.');
  if (present === null) return false;
  return Object.entries(wanted.packages).every(([place, { version, optional }]) => {
    if (place === '') return true;
    return present.packages[place] === undefined ? optional === true : present.packages[place].version === version;
  });
}

function readLock(file) {
  const absolute = path.join(ROOT, file);
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, 'utf8')) : null;
}

async function install() {
  const began = Date.now();
  const elapsed = () => `${Math.round((Date.now() - began) / 1000)} s`;
  console.log('Installing the packages that package-lock.json names (once, about a minute) …');
  // npm tells its own place when it runs us; otherwise it is found on the PATH.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const child = spawn(npm[0], [...npm.slice(1), 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ticker = setInterval(() => console.log(`… installing packages, ${elapsed()}`), PROGRESS_INTERVAL_MS);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', resolve);
  });
  clearInterval(ticker);
  if (code === 127) stop('npm was not found. It comes with Node; put it on the PATH.');
  if (code !== 0) stop('The packages could not be installed. Is this machine online? Run "npm ci" to see npm’s own words.');
  console.log(`✓ Packages installed (${elapsed()})`);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
