/** The web server: Next.js's own, after our configuration was checked. */
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { config } from '#config/config.ts';

const { web } = config();
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
process.argv = [process.execPath, next, 'start', fileURLToPath(new URL('../web', import.meta.url)), '-H', web.host, '-p', String(web.port)];
// A command-line program: it begins by being loaded.
await import(next);
