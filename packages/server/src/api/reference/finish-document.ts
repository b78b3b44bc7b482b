import { exampleOf, type Schema } from './example-of.ts';

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses?: Readonly<Record<string, { readonly content?: Record<string, Media> }>>;
}
interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema: Schema;
  example?: unknown;
}
interface Body {
  required: boolean;
  readonly content: Readonly<Record<string, Media>>;
}
interface Media {
  schema: Marked | { readonly $ref: string };
  example?: unknown;
  examples?: Readonly<Record<string, object>>;
}
/** A schema with what is moved to its surroundings. */
type Marked = Schema & { 'x-optional'?: true; 'x-example'?: unknown; 'x-events'?: string };
interface Document {
  readonly paths?: Readonly<Record<string, Record<string, Operation>>>;
  readonly components?: { schemas?: Record<string, unknown>; examples?: object };
}

/**
 * Adds to the document of @fastify/swagger what that cannot say: examples, bodies that may be left out, and types by their
 * names. `problems` are examples of failures, by their codes.
 */
export function finishDocument<T extends Document>(
  document: T,
  problems: Readonly<Record<string, object>>,
): T {
  const { schemas = {} } = document.components ?? {};
  const used = new Set<string>();
  for (const operations of Object.values(document.paths ?? {})) {
    // HEAD is answered as GET is, and needs no description of its own.
    delete operations.head;
    for (const operation of Object.values(operations)) {
      finishRequest(operation);
      for (const { content = {} } of Object.values(operation.responses ?? {})) {
        finishAnswer(content, schemas);
        for (const code of nameProblems(content)) used.add(code);
      }
    }
  }
  Object.assign(document.components ?? {}, {
    schemas,
    examples: Object.fromEntries([...used].map((code) => [code, problems[code]])),
  });
  nameTupleItems(document);
  return document;
}

function finishRequest({ operationId = '', parameters = [], requestBody }: Operation): void {
  for (const parameter of parameters) {
    if (parameter.in === 'path')
      parameter.example = exampleOf(parameter.schema, parameter.name, [operationId]);
  }
  const media = requestBody?.content['application/json'];
  if (media === undefined) return;
  const schema = media.schema as Marked;
  media.example = exampleOf(schema, `${operationId}Body`);
  // @fastify/swagger calls every body required.
  if ('x-optional' in schema) requestBody!.required = false;
  delete schema['x-optional'];
}

function finishAnswer(content: Record<string, Media>, schemas: Record<string, unknown>): void {
  const media = content['application/json'];
  if (media === undefined) return;
  const { 'x-example': example, 'x-events': events, ...schema } = media.schema as Marked;
  if (example !== undefined) media.example = example;
  if (events !== undefined) content['text/event-stream'] = { schema: { type: 'string' }, example: events };
  const { title } = schema;
  if (title !== undefined) schemas[title] ??= schema;
  media.schema = title === undefined ? schema : { $ref: `#/components/schemas/${title}` };
}

/** Makes the codes of a failure its examples, and returns them. */
function nameProblems(content: Record<string, Media>): string[] {
  const media = content['application/problem+json'] as (Media & { 'x-codes'?: string[] }) | undefined;
  const codes = media?.['x-codes'];
  if (media === undefined || codes === undefined) return [];
  media.examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  delete media['x-codes'];
  return codes;
}

/** JSON Schema 2020-12 names the items of a tuple differently from the drafts before it. */
function nameTupleItems(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const schema = value as Record<string, unknown>;
  if (Array.isArray(schema.items) && schema.additionalItems === false) {
    schema.prefixItems = schema.items;
    schema.items = false;
    delete schema.additionalItems;
  }
  for (const member of Object.values(schema)) nameTupleItems(member);
}
