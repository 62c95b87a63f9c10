import { pino, type Logger } from 'pino';
import type { Settings } from '../config/settings.ts';

/** The gateway's log: JSON lines on standard output. Whoever logs passes ids, codes and durations, never what people sent or read. */
export function createLog(level: Settings['logLevel']): Logger {
  return pino({ level, base: { service: 'gateway' }, timestamp: pino.stdTimeFunctions.isoTime });
}
