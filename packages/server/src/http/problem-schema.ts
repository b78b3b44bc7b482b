import { Type } from '@sinclair/typebox';

const FieldErrors = Type.Array(
  Type.Object({ field: Type.String(), code: Type.String(), message: Type.String() }),
);

/** A problem document (RFC 9457), with this service's members. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    category: Type.String({ description: 'The kind of the failure, in the words of pip-services3.' }),
    message: Type.String({ description: 'As `detail`.' }),
    request_id: Type.Optional(Type.String()),
    correlation_id: Type.Optional(Type.String({ description: 'What the request brought.' })),
    errors: Type.Optional(FieldErrors),
    details: Type.Object(
      { errors: Type.Optional(FieldErrors), retry_after: Type.Optional(Type.Integer()) },
      {
        description:
          '`errors`, and the seconds of `Retry-After`, again: pip-services3 keeps only this member.',
      },
    ),
  },
  { $id: 'Problem', title: 'Problem' },
);
