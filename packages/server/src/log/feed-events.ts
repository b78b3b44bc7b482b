/** The first event of a stream that cannot resume: the reader forgets all it knew. */
export function snapshotEvent(data: object, position: number, entries: string): string {
  return eventText('snapshot', data, position, entries);
}

/** Entries of the log. `position` is the last one's, and the id of the event. */
export function entriesEvent(
  data: { readonly head: number; readonly time: number },
  position: number,
  entries: string,
): string {
  return eventText('entries', data, position, entries);
}

/** Says that the log was just read, where it ends, and which position the reader is asked to confirm. */
export function heartbeatEvent(data: {
  readonly head: number;
  readonly time: number;
  readonly log: string;
  readonly confirm: number;
}): string {
  return eventText('heartbeat', data);
}

/** One event of a stream (HTML, 9.2). The texts of the entries become the member `entries` of its data. */
function eventText(name: string, data: object, id?: number, entries?: string): string {
  const head = `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: `;
  const text = JSON.stringify(data);
  if (entries === undefined) return `${head}${text}\n\n`;
  return `${head}${text.slice(0, -1)},"entries":[${entries}]}\n\n`;
}
