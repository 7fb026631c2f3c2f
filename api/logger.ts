import pino, { type Logger } from 'pino';
import { config } from '#config/config.ts';

let made: Logger | undefined;

/** JSON lines on standard output: ids, codes and names of operations; never a person's words or a form's answers. */
export function logger(): Logger {
  made ??= pino({
    level: config().log.level,
    base: null,
    redact: ['*.password', '*.cookie', '*.authorization', '*.response', '*.reason', '*.text'],
  });
  return made;
}
