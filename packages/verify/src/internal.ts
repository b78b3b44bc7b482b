/**
 * What the Latchkey server and the testing kit share with the verifier, so that one code checks tokens everywhere.
 * Not for other services: it may change in any release.
 */

export { type AdapterVerifier, createAdapter, type Outcome, tokenHeader } from './adapter/adapter.ts';
export type { RequestHead } from './adapter/fetch-metadata.ts';
export { type Problem, problem } from './adapter/problem.ts';
export {
  listCredentials,
  type RawHeaders,
  readCredentials,
  type SentCredentials,
} from './adapter/read-credentials.ts';
export { parseRedirect } from './adapter/signed-out.ts';
export { TwoGenerations } from './engine/two-generations.ts';
export {
  InvalidCredentials,
  type InvalidReason,
  TokenStale,
  Unavailable,
  type UnavailableReason,
} from './errors.ts';
export { importKey } from './keys/import-key.ts';
export { type KeySet, parseJwks } from './keys/parse-jwks.ts';
export { isCount, type LogEntry, parseEntry, type Subject } from './replica/entry.ts';
export type { Clocks } from './replica/lifetime.ts';
export { GapError, Replica, type Snapshot } from './replica/replica.ts';
export type { TokenSubject, Verdict } from './replica/state.ts';
export { isBytes32, isSessionId } from './text/base64url.ts';
export { copyOf } from './text/copy-of.ts';
export { isJsonObject, type Json, type JsonObject, maxJsonDepth, parseJson } from './text/json.ts';
export { decodeUtf8 } from './text/utf8.ts';
export { type Claims, isRole } from './token/claims.ts';
export { type Credential, credentialHash, parseCredential } from './token/credential.ts';
export { isKeyId, type TokenAlgorithm, type TokenHeader } from './token/header.ts';
export { maxTokenLength, type ParsedToken } from './token/parse-token.ts';
export type { VerificationKey } from './token/signature.ts';
export { subjectOf } from './token/subject.ts';
export {
  type CheckOptions,
  createTokenVerifier,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './token/token-verifier.ts';
