/** A reporter for Node's test runner that writes one line of JSON: how many tests there were, and what came of them. */
import type { TestEvent } from './counts.ts';

export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    // Each file has a summary of its own; that of the whole run names none.
    if (type === 'test:summary' && data.file === undefined) yield JSON.stringify(data);
  }
}
