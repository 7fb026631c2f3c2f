/** `npm test`: installs what is missing, then hands over to `test/main.ts`. */
import { prepare } from './install.mjs';

await prepare();
const { register } = await import('tsx/esm/api');
register();
await import('./test/main.ts');
