import { code, generatedNote, page, slug, table } from './markdown.ts';
import { codesOf, type Endpoint, endpointsOf, type OpenApi, type Operation, type Schema } from './openapi.ts';

/** docs/http-api.md: every operation with its input and answers. */
export function httpApiPage(api: OpenApi): string {
  const endpoints = endpointsOf(api);
  const tags = [...new Set(endpoints.flatMap(({ operation }) => operation.tags))];
  const overview = endpoints.map(({ method, path, operation }) => [
    `[${code(operation.operationId)}](#${slug(operation.operationId)})`,
    code(`${method} ${path}`),
    accessOf(operation),
  ]);
  return page(
    generatedNote('the schemas that validate'),
    '# HTTP API',
    intro,
    table(['operation', 'route', 'access'], overview),
    ...tags.flatMap((tag) => [
      `## The ${tag} routes`,
      ...endpoints
        .filter(({ operation }) => operation.tags[0] === tag)
        .map((endpoint) => endpointSection(endpoint)),
    ]),
    '## Types',
    ...typesOf(api).map(([name, schema]) => page(`### ${name}`, fields(schema)).trimEnd()),
  );
}

const intro = `The same document is served by a running server: \`/openapi.json\` (OpenAPI 3.1), and \`/docs\` to read it in a browser.

- The facade (\`/api/v1\`) speaks snake_case; its times are ISO 8601 in UTC, its account ids decimal strings. The auth
  interface (\`/auth\`) speaks camelCase; its times are unix seconds, its account ids numbers.
- **signed** needs a live session: the credential in the \`x-session-id\` header or in the session cookie, or a bearer token
  together with the cookie. **owner** is the account that the path names, **admin** has the role \`admin\`.
- **token and cookie** needs \`Authorization: Bearer <token>\` together with the cookie, or with the same credential in
  \`x-session-id\`. **service key** needs \`Authorization: Bearer <key>\`, with a key of \`latchkey services add\`.
- Bodies are \`application/json\` in UTF-8. Unknown fields, repeated members and wrong types are refused, never dropped.
- What a GET answers can be PUT back: [members that only the server writes](accounts-and-sessions.md#what-was-read-can-be-put-back)
  are taken if they are what is stored.
- \`x-correlation-id\` and \`traceparent\` are taken on every route, \`correlation_id\` and \`paging\` in every query of the
  facade: see [clients of pip-services](pip-services.md).
- Requests of web pages that change something must come from an allowed origin, see
  [LATCHKEY_ALLOWED_ORIGINS](configuration.md#LATCHKEY_ALLOWED_ORIGINS). Who counts as a web page:
  [who gets the credential](accounts-and-sessions.md#who-gets-the-credential).
- How the revocation log is followed: see [the feed on the wire](development/feed.md).
- Failures are problem documents: see [error codes](errors.md). Besides the codes listed here, any request can get
  \`METHOD_NOT_ALLOWED\`, \`PAYLOAD_TOO_LARGE\`, \`UNSUPPORTED_MEDIA_TYPE\` and \`INTERNAL\`.`;

function accessOf(operation: Operation): string {
  return /^Access: (.+)\.$/m.exec(operation.description)?.[1] ?? '';
}

function endpointSection({ method, path, operation }: Endpoint): string {
  const { operationId, summary, parameters = [], requestBody } = operation;
  const inputs = (place: string, title: string) => {
    const found = parameters.filter((parameter) => parameter.in === place);
    if (found.length === 0) return '';
    const rows = found.map(({ name, required, schema, description }) =>
      fieldRow(name, { ...schema, ...(description !== undefined && { description }) }, required === true),
    );
    return `${title}:\n\n${table(['field', 'type', 'notes'], rows)}`;
  };
  const body = requestBody?.content?.['application/json']?.schema;
  return page(
    `### ${operationId}`,
    `\`${method} ${path}\` · access: ${accessOf(operation)}`,
    `${summary}. ${operation.description.replace(/\s*^Access: .+$/m, '')}`.trimEnd(),
    inputs('path', 'Path'),
    inputs('query', 'Query'),
    body ? `Body${requestBody?.required ? '' : ' (may be left out)'}:\n\n${fields(body)}` : '',
    `Answers:\n\n${answersOf(operation)}`,
    codesLine(operation),
  ).trimEnd();
}

function answersOf(operation: Operation): string {
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  return successes
    .map(([status, { content, description }]) => {
      const schema = content?.['application/json']?.schema;
      return schema === undefined
        ? `- ${status}: ${description}`
        : `- ${status} ${typeOf(schema)}: ${description}`;
    })
    .join('\n');
}

function codesLine(operation: Operation): string {
  const links = codesOf(operation).map((name) => `[${name}](errors.md#${name})`);
  return links.length === 0 ? '' : `Codes: ${links.join(', ')}`;
}

function fields(schema: Schema): string {
  if (schema.properties === undefined && schema.description !== undefined) return schema.description;
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    fieldRow(name, field, schema.required?.includes(name) === true),
  );
  return table(['field', 'type', 'notes'], rows);
}

function fieldRow(name: string, schema: Schema, required: boolean): string[] {
  return [code(name), `${typeOf(schema)}${required ? '' : ', optional'}`, notesOf(schema)];
}

/** A type by its name where it has one. */
function typeOf(schema: Schema): string {
  const name = schema.title ?? schema.$ref?.split('/').at(-1);
  if (name !== undefined) return `[${name}](#${slug(name)})`;
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(JSON.stringify(value))).join(' or ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `array of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'object' && Object.keys(schema.properties ?? {}).length > 0) {
    const members = Object.entries(schema.properties!).map(([member, field]) => {
      const optional = schema.required?.includes(member) ? '' : '?';
      return `${code(member + optional)}: ${typeOf(field)}`;
    });
    return `{ ${members.join(', ')} }`;
  }
  return schema.type ?? 'anything';
}

function notesOf(schema: Schema): string {
  const { description, minimum, maximum, minLength, maxLength, pattern, default: fallback } = schema;
  const range = minimum === undefined && maximum === undefined ? '' : `${minimum ?? ''} to ${maximum ?? ''}`;
  const notes = [
    description === undefined || /[.!?]$/.test(description) ? description : `${description}.`,
    minimum !== undefined && maximum === undefined ? `${minimum} or more.` : range && `${range.trim()}.`,
    minLength && `At least ${counted(minLength)}.`,
    // A description that counts says the rule itself; the schema's bound is wider there.
    maxLength && !/\d characters|\d visible/.test(description ?? '') && `At most ${counted(maxLength)}.`,
    pattern && `Matches ${code(pattern)}.`,
    schema.readOnly && 'Only the server writes it.',
    fallback !== undefined && `Default ${code(JSON.stringify(fallback))}.`,
  ];
  return notes.filter(Boolean).join(' ');
}

function counted(characters: number): string {
  return characters === 1 ? '1 character' : `${characters} characters`;
}

/** Every schema that has a name, by that name: the shared ones, and those that stand where they are used. */
function typesOf(api: OpenApi): [string, Schema][] {
  const found = new Map<string, Schema>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { title, properties } = value as Schema;
    if (typeof title === 'string' && properties !== undefined && !found.has(title)) found.set(title, value);
    for (const member of Object.values(value)) visit(member);
  };
  visit(api.paths);
  visit(api.components.schemas);
  return [...found].sort(([a], [b]) => a.localeCompare(b));
}
