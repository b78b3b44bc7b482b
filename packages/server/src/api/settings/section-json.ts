import { type Static, Type } from '@sinclair/typebox';
import type { ParameterChanges, Parameters, Section } from '../../identity/settings/settings.ts';
import { invalidField } from '../../kernel/errors.ts';
import { isoTime } from '../../kernel/time.ts';

const AnyObject = Type.Object({}, { additionalProperties: true });

export const SectionSchema = Type.Object(
  {
    id: Type.String(),
    parameters: AnyObject,
    update_time: Type.Optional(Type.String({ description: 'ISO 8601, UTC; absent when it was never set.' })),
  },
  { $id: 'Section', title: 'Section' },
);

/** A section's parameters, by themselves or as `parameters`. */
export const ParametersSchema = Type.Object(
  { parameters: Type.Optional(AnyObject) },
  {
    additionalProperties: true,
    description:
      'The parameters, by themselves or as `parameters`: 100 at most, named [A-Za-z0-9_.-]{1,64}, 16 KiB of JSON together. `parameters` and `increment` are no names.',
  },
);

/** What is to be set, and what is to be added to. */
export const ParameterChangesSchema = Type.Object(
  {
    parameters: Type.Optional(AnyObject),
    increment: Type.Optional(
      Type.Record(Type.String(), Type.Number(), { description: 'What is added to numbers.' }),
    ),
  },
  {
    additionalProperties: true,
    description:
      'Parameters to set, by themselves or as `parameters`; null removes one. `increment` adds to numbers.',
  },
);

export function sectionJson({ id, parameters, updateTime }: Section): Static<typeof SectionSchema> {
  return { id, parameters, ...(updateTime !== undefined && { update_time: isoTime(updateTime) }) };
}

/** The parameters that a body holds, in either of its forms. Throws INVALID_DATA when it mixes them. */
export function parametersOf({ parameters, ...bare }: Static<typeof ParametersSchema>): Parameters {
  if (Object.hasOwn(bare, 'increment')) throw invalidField('increment', 'is not for PUT');
  if (parameters === undefined) return bare;
  if (Object.keys(bare).length > 0) throw invalidField('parameters', 'must stand alone');
  return parameters;
}

/** The changes that a body holds. Throws INVALID_DATA when it mixes its forms. */
export function changesOf({
  increment = {},
  ...rest
}: Static<typeof ParameterChangesSchema>): ParameterChanges {
  return { set: parametersOf(rest), increment };
}
