// Guarded by proxy.js alone.
export const dynamic = 'force-dynamic';

export const GET = () => Response.json({ user: 'somebody' });
