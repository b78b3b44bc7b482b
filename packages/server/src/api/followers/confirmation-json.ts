import { type TObject, Type } from '@sinclair/typebox';

/** Milliseconds. */
export const defaultTimeout = 2000;

/** Query parameters of routes that end sessions: whether the answer waits for the verifiers. */
export const confirmQuery = {
  wait: Type.Optional(
    Type.Literal('confirmed', { description: 'Answer when every connected verifier has applied it.' }),
  ),
  timeout: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: `The longest wait, in milliseconds; ${defaultTimeout} by default. Only with \`wait\`.`,
    }),
  ),
};

const confirmation = {
  seq: Type.Integer({ description: 'The position of the revocation log that was waited for.' }),
  confirmed: Type.Array(Type.String(), {
    description:
      "Services whose verifiers refuse the sessions by now: a service's name once for each of its verifiers.",
  }),
  pending: Type.Array(Type.String(), { description: 'Services whose verifiers did not confirm in time.' }),
};

/** The answer of a route that has no other. */
export const ConfirmationSchema = Type.Object(confirmation, {
  $id: 'Confirmation',
  title: 'Confirmation',
  description: 'Which verifiers refuse the sessions by now.',
});

/** An answer that also has the members of a confirmation, where the caller waits for one. */
export function confirmable(answer: TObject, title: string): TObject {
  const more = Type.Partial(Type.Object(confirmation)).properties;
  return Type.Object(
    { ...answer.properties, ...more },
    {
      $id: title,
      title,
      description: 'What was closed; with `wait=confirmed` also which verifiers have applied it.',
    },
  );
}
