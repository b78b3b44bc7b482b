// In a web page: the browser's types, and none of Node.
import { createClient } from '@latchkey/client';

const client = createClient({ baseUrl: location.origin, onSignedOut: () => location.assign('/sign-in') });
const { data } = await client.POST('/api/v1/signin', { body: { login: 'ada@example.com', password: '…' } });
document.title = data?.user_name ?? '';
