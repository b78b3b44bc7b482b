/** A stream's first event where it cannot resume: from here on nothing before counts. */
export function snapshotEvent(data: object, position: number, entries: string): string {
  return eventText('snapshot', data, position, entries);
}

/** Entries of the log; `position` is the last of them, and the event's id. */
export function entriesEvent(
  data: { readonly head: number; readonly time: number },
  position: number,
  entries: string,
): string {
  return eventText('entries', data, position, entries);
}

/** Says that the log was read just now, where it stands, and which position is to be confirmed. */
export function heartbeatEvent(data: {
  readonly head: number;
  readonly time: number;
  readonly log: string;
  readonly confirm: number;
}): string {
  return eventText('heartbeat', data);
}

/** One event of a stream (HTML, 9.2). The texts of entries become a member of its data. */
function eventText(name: string, data: object, id?: number, entries?: string): string {
  const head = `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: `;
  const text = JSON.stringify(data);
  if (entries === undefined) return `${head}${text}\n\n`;
  return `${head}${text.slice(0, -1)},"entries":[${entries}]}\n\n`;
}
