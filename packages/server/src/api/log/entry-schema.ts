import { Type } from '@sinclair/typebox';

const closed = { additionalProperties: false };

/** An entry as the feed shows it: see `entryJson`. */
export const EntrySchema = Type.Object({
  seq: Type.Integer(),
  at: Type.Integer({ description: 'Unix seconds.' }),
  subject: Type.Union([
    Type.Object({ session: Type.String() }, closed),
    Type.Object({ user: Type.Integer() }, closed),
    Type.Object({ site: Type.String() }, closed),
    Type.Object({ key: Type.String() }, closed),
    Type.Object({ all: Type.Literal(true) }, closed),
  ]),
  action: Type.Union([Type.Literal('reject'), Type.Literal('refresh')]),
  reason: Type.String(),
  sessions: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Sessions that ended with it, where it is about their user or everybody.',
    }),
  ),
  expiresAt: Type.Integer({ description: 'Unix seconds.' }),
});
