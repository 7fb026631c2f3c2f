/** `npm start`: installs what is missing, then hands over to `start/main.ts`. */
import process from 'node:process';
import { prepare } from './install.mjs';

await prepare();
process.title = 'bihuan';
const { register } = await import('tsx/esm/api');
register();
await import('./start/main.ts');
