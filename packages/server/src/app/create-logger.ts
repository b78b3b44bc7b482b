import pino, { type Logger as PinoLogger } from 'pino';
import { writeLinesTo } from '../kernel/line-writer.ts';

/** Logs as JSON lines on standard output, and never waits for it. */
export function createLogger(level: string): PinoLogger {
  const output = writeLinesTo(1, (lost) =>
    logger.warn({ lost }, 'log lines were lost: the output took none'),
  );
  const logger = pino({ level, timestamp: pino.stdTimeFunctions.isoTime, base: null }, output);
  return logger;
}
