export type { LogEntry, Subject } from './replica/entry.ts';
export {
  createTestLatchkey,
  type TestLatchkey,
  type TestLatchkeyOptions,
  type TestVerifierOptions,
} from './testing/create-test-latchkey.ts';
export type { TestClaims, TestSession, TestSessionOptions } from './testing/test-session.ts';
