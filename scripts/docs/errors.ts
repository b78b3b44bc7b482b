import { categoryOf, statusOf } from '../../packages/server/src/http/errors.ts';
import { type ErrorCode, errorCodes } from '../../packages/server/src/kernel/errors.ts';
import { generatedNote, code as inline, page, table } from './markdown.ts';
import { codesOf, endpointsOf, type OpenApi } from './openapi.ts';

/** docs/errors.md: every code, its status, its sentence, and the operations that name it. Anchors equal codes. */
export function errorsPage(api: OpenApi): string {
  const rows = (Object.keys(errorCodes) as ErrorCode[]).map((code) => [
    `<a id="${code}"></a>${inline(code)}`,
    String(statusOf[code]),
    categoryOf(statusOf[code]),
    errorCodes[code],
    operationsWith(api, code),
  ]);
  return page(
    generatedNote('packages/server/src/kernel/errors.ts and http/errors.ts'),
    '# Error codes',
    intro,
    table(['code', 'status', 'category', 'meaning', 'operations'], rows),
    about,
  );
}

const intro = `Every failure is an \`application/problem+json\` document (RFC 9457):

\`\`\`json
{
  "type": "http://localhost:8080/docs/errors#INVALID_DATA",
  "title": "Bad Request",
  "status": 400,
  "detail": "The request is not well formed. See errors for the fields.",
  "code": "INVALID_DATA",
  "category": "BadRequest",
  "message": "The request is not well formed. See errors for the fields.",
  "request_id": "mK2v9QxT4a-7",
  "correlation_id": "order-17",
  "errors": [{ "field": "nmae", "code": "INVALID_DATA", "message": "must not have additional properties" }],
  "details": { "errors": [{ "field": "nmae", "code": "INVALID_DATA", "message": "must not have additional properties" }] }
}
\`\`\`

Decide by \`code\`: codes are stable, sentences are not. \`errors\` is there when fields are at fault.

\`category\`, \`message\` and \`details\` say the same for [clients of pip-services](pip-services.md): \`message\` is
\`detail\`, and \`details\` holds \`errors\` and, as \`retry_after\`, the seconds of \`Retry-After\`. \`correlation_id\` is there
when the request brought one.`;

const about = `A code without an operation belongs to any request (its path, method, size, content type), to the adapters of the
verifier, or to a part that is [not built yet](README.md#status).

- Every answer carries \`x-request-id\`, which finds a failure in the log. \`SESSION_NOT_FOUND\` has no \`request_id\` member:
  its body is the same to the byte, whatever was wrong with the credential; only a correlation id that the request
  brought is in it.
- \`UNAVAILABLE\` comes with \`Retry-After\`, in seconds. It never means that somebody is signed out.
- 440 has no name in HTTP's registry. It is what tells a client "sign in again" apart from a 401 of the auth interface.`;

/** The operations by name; "most" where more than half of all can answer the code. */
function operationsWith(api: OpenApi, code: ErrorCode): string {
  const endpoints = endpointsOf(api);
  const named = endpoints.filter(({ operation }) => codesOf(operation).includes(code));
  if (named.length > endpoints.length / 2) return 'most';
  return named.map(({ operation }) => inline(operation.operationId)).join(', ');
}
