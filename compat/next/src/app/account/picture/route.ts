import { requireSession } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="9"/></svg>';

export const GET = requireSession(latchkey)(
  () =>
    new Response(svg, { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'private, no-store' } }),
);
