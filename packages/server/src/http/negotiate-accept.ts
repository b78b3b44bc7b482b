/** Whether an Accept header asks for JSON and not for a stream of events (RFC 9110, 12.5.1). */
export function prefersJson(accept = ''): boolean {
  const ranges = accept.toLowerCase().split(',');
  const takes = (type: string) =>
    ranges.some((range) => range.trim().startsWith(type) && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/.test(range));
  return takes('application/json') && !takes('text/event-stream');
}
