import { pino, type Logger } from 'pino';

/** A process's log, JSON lines on standard output. Whatever could hold a person's data or a secret is redacted by its key. */
export function createLog(name: string, level: string): Logger {
  return pino({
    name,
    level,
    redact: {
      paths: ['variables', 'password', 'token', 'authorization', '*.password', '*.token', '*.authorization', '*.email'],
      censor: '[redacted]',
    },
  });
}
