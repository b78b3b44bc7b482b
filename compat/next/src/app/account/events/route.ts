import { requireSession } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';

/** Server-sent events, which end with the session. */
export const GET = requireSession(latchkey)((request, _context, { signal }) => {
  const events = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('data: hello\n\n'));
      // No longer when the client is gone: the stream is closed then, and cannot be closed again.
      signal.addEventListener('abort', () => controller.close(), { signal: request.signal });
    },
  });
  return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
});
