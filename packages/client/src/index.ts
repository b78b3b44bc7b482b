export { type Client, type ClientOptions, createClient } from './create-client.ts';
export { TokenError } from './errors.ts';
export type { components, operations, paths } from './generated/api.ts';
