/** What errors of connections mean; what is tried is "it". The first that fits the code or the message counts. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/CERT_HAS_EXPIRED|certificate has expired/, 'its certificate has expired'],
  [
    /CERT_NOT_YET_VALID|certificate is not yet valid/,
    'its certificate is not valid yet, or the clock of this machine is behind',
  ],
  [/ALTNAME_INVALID|certificate's altnames/, 'its certificate is for another name than the one in the URL'],
  [
    /DEPTH_ZERO_SELF_SIGNED|self-signed certificate(?! in)/,
    'its certificate is signed by itself, and not known here',
  ],
  [
    /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:GET|VERIFY)|self-signed certificate in|unable to (?:get|verify)/,
    'its certificate is from an authority that is not known here',
  ],
  [/CERT_REVOKED|certificate revoked/, 'its certificate is revoked'],
  [
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|unsupported protocol|protocol version/,
    'it has no version of TLS that is still safe',
  ],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH|wrong version number|packet length/, 'it does not speak TLS there'],
  [/ERR_TLS|ERR_SSL|EPROTO\b|:SSL routines:/, 'the connection to it cannot be encrypted'],
  [/ECONNREFUSED/, 'nobody listens there'],
  [/ENOTFOUND/, 'its name does not resolve'],
  [/EAI_AGAIN/, 'its name cannot be resolved now'],
  [/EHOSTUNREACH|ENETUNREACH/, 'there is no way to it'],
  [/ETIMEDOUT|TIMEOUT|timed out/i, 'it does not answer in time'],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET|closed|hang up/, 'it ends the connection'],
];

/**
 * Says in words why a connection failed, with the code in brackets. Undefined where the error says something else. The
 * message of the error is not repeated.
 */
export function explainConnectionFailure(error: unknown): string | undefined {
  const { code, message } = firstCause(error);
  const said = `${code ?? ''} ${message ?? ''}`;
  const meaning = meanings.find(([form]) => form.test(said))?.[1];
  if (meaning === undefined) return undefined;
  return code === undefined ? meaning : `${meaning} (${code})`;
}

/** Whether it is about encryption or a certificate: nothing that time heals. */
export function isTlsFailure(error: unknown): boolean {
  const { code = '', message = '' } = firstCause(error);
  return /CERT|SIGNATURE|SSL|TLS|EPROTO\b/.test(code) || /certificate|SSL routines/.test(message);
}

interface Failure {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** The error of the system: nodemailer keeps its code aside, fetch has it as the cause, and of several tries one counts. */
function firstCause(error: unknown): Failure {
  const { originalCode, code, message, cause, errors } = (error ?? {}) as Failure & {
    readonly originalCode?: string;
    readonly cause?: unknown;
    readonly errors?: readonly unknown[];
  };
  const inner = errors?.[0] ?? cause;
  if (typeof inner === 'object' && inner !== null) return firstCause(inner);
  return { code: originalCode ?? code, message };
}
