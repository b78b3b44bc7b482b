import { isoTime } from '../kernel/time.ts';
import { listServices } from '../services/list-services.ts';
import type { Command } from './command.ts';
import { line, serviceJson } from './show.ts';

export const command: Command = {
  usage: '',
  help: 'Lists the services that may follow the feed.',
  async run(call) {
    const services = await call.withContext(({ context }) => listServices(context));
    call.answer(
      { data: services.map(serviceJson) },
      services.map(({ name, createTime }) => line(isoTime(createTime), name)),
    );
    return undefined;
  },
};
