// Guarded only by proxy.js.
export const dynamic = 'force-dynamic';

export const GET = () => Response.json({ user: 'somebody' });
