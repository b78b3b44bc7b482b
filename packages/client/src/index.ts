export { type Client, type ClientOptions, createClient } from './create-client.ts';
export { errorOf, InvalidCredentials, NoPermissions, TokenError } from './errors.ts';
export type { components, operations, paths } from './generated/api.ts';
