import type { Config } from '../config/config.ts';
import type { Context } from '../kernel/context.ts';
import { openTogether } from '../kernel/lifetime.ts';
import { createContext, noServer } from './create-context.ts';
import { createLogger } from './create-logger.ts';
import { type Overrides, openResources, type Resources } from './open-resources.ts';

/** An open database, and the context of operations on it. */
export interface OpenContext extends Resources {
  readonly context: Context;
  close(): Promise<void>;
}

/** Opens what one command needs. Throws what `openResources` throws. */
export function openContext(config: Config, overrides: Overrides = {}): Promise<OpenContext> {
  const { logger = createLogger(config.logLevel) } = overrides;
  return openTogether(logger, async (life) => {
    const { resources, base } = await openResources(config, { ...overrides, logger }, life);
    const context = createContext(config, base, resources, noServer);
    return { ...resources, context, close: () => life.close() };
  });
}
