import { setTimeout as sleep } from 'node:timers/promises';
import { createLogMemory } from '../adapters/store/log-memory.ts';
import { type Config, withPort } from '../config/config.ts';
import { openTogether } from '../kernel/lifetime.ts';
import { createLogRecorder, noticeRestore } from '../sessions/notice-restore.ts';
import { SessionUses } from '../sessions/session-uses.ts';
import { openMails, openRelay } from './carriers.ts';
import { createContext } from './create-context.ts';
import { createLogger } from './create-logger.ts';
import { findFreePort } from './find-free-port.ts';
import { followLog } from './follow-log.ts';
import { startJobs } from './jobs.ts';
import type { OpenContext } from './open-context.ts';
import { openHttp } from './open-http.ts';
import { type Overrides, openResources } from './open-resources.ts';

/** The whole service. */
export interface App extends OpenContext {
  /** The configuration, with the port that was chosen. */
  readonly config: Config;
  /** Collects when sessions were used. */
  readonly uses: SessionUses;
  /** Starts to serve. If it cannot, it closes everything and throws. */
  listen(): Promise<void>;
  /** Is no longer ready, and sends clients elsewhere, but serves all that comes for so many milliseconds. */
  drain(time: number): Promise<void>;
  /** Refuses new connections, finishes the requests in flight, stores what is pending, and closes everything. */
  close(): Promise<void>;
}

/** Builds the whole service. It serves nothing before `listen`. Throws what `openResources` throws. */
export async function createApp(given: Config, overrides: Overrides = {}): Promise<App> {
  const config = given.port === 0 ? withPort(given, await findFreePort(given.host)) : given;
  const { logger = createLogger(config.logLevel) } = overrides;
  // What is opened first is closed last: requests end first, then the jobs, and the database last.
  return openTogether(logger, async (life) => {
    const { resources, base } = await openResources(config, { ...overrides, logger }, life);
    const mails = await openMails(config, life);
    const memory = createLogMemory(config.dataDir);
    await noticeRestore(base, await memory.load());
    const log = await followLog(base, resources, life);
    const { followers } = log;
    const context = createContext(config, base, resources, { followers, wakeMails: () => mails?.wake() });
    const uses = new SessionUses(context);
    life.add('the last uses of sessions', () => uses.flush());
    const relay = await openRelay(config, base, log.hub, life);
    const recordLogEnd = createLogRecorder(log.hub, memory);
    life.add('the end of the log', recordLogEnd);
    life.add(
      'the jobs',
      startJobs(context, uses, recordLogEnd, (pages) => resources.store.giveBack(pages)),
    );
    const http = await openHttp(config, { context, resources, uses, relay, ...log }, life);
    resources.keys.watch((error) => logger.warn({ err: error }, 'the keys could not be reloaded or rotated'));
    resources.hasher.warmUp();
    return {
      ...resources,
      context,
      uses,
      config,
      async listen() {
        try {
          await http.listen();
        } catch (error) {
          await life.close();
          throw error;
        }
        mails?.start(context);
      },
      async drain(time) {
        http.drain();
        await sleep(time);
      },
      close: () => life.close(),
    };
  });
}
