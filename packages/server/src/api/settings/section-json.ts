import { type Static, Type } from '@sinclair/typebox';
import type { ParameterChanges, Parameters, Section } from '../../identity/settings/settings.ts';
import { invalidField } from '../../kernel/errors.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { isoTime } from '../../kernel/time.ts';
import { checkReadOnly, readOnly } from '../put-body.ts';
import { AnyObject } from '../schemas.ts';

export const SectionSchema = Type.Object(
  {
    id: readOnly(Type.String()),
    parameters: AnyObject,
    update_time: Type.Optional(
      readOnly(Type.String({ description: 'ISO 8601, UTC. Absent if the section was never set.' })),
    ),
  },
  { $id: 'Section', title: 'Section', description: 'A section of settings.' },
);

/** What may stand beside `parameters`, so that what was read can be put back; elsewhere they are parameters. */
const besides = {
  id: Type.Optional(readOnly(Type.Unknown({ description: 'Beside `parameters`: as it is stored.' }))),
  update_time: Type.Optional(
    readOnly(Type.Unknown({ description: 'Beside `parameters`: as it is stored.' })),
  ),
};

/** A section's parameters, as the body itself or as its member `parameters`. */
export const ParametersSchema = Type.Object(
  { parameters: Type.Optional(AnyObject), ...besides },
  {
    additionalProperties: true,
    description:
      'The parameters, as the body itself or as its member `parameters`: at most 100, named [A-Za-z0-9_.-]{1,64}, together at most 16 KiB of JSON. A parameter cannot be named `parameters` or `increment`.',
  },
);

/** The parameters to set, and those to increment. */
export const ParameterChangesSchema = Type.Object(
  {
    parameters: Type.Optional(AnyObject),
    ...besides,
    increment: Type.Optional(
      Type.Record(Type.String(), Type.Number(), { description: 'By how much to increment each number.' }),
    ),
  },
  {
    additionalProperties: true,
    description:
      'The parameters to set, as the body itself or as its member `parameters`; null removes one. `increment` adds to numbers.',
  },
);

export function sectionJson({ id, parameters, updateTime }: Section): Static<typeof SectionSchema> {
  return given({ id, parameters, update_time: ifGiven(updateTime, isoTime) });
}

/** The parameters that a body holds, in either of its forms. Throws INVALID_DATA if it mixes them. */
export function parametersOf({ parameters, ...bare }: Static<typeof ParametersSchema>): Parameters {
  if (Object.hasOwn(bare, 'increment')) throw invalidField('increment', 'cannot be used with PUT');
  if (parameters === undefined) return bare;
  if (Object.keys(bare).some((name) => !Object.hasOwn(besides, name))) {
    throw invalidField('parameters', 'must be the only member, besides id and update_time');
  }
  return parameters;
}

/** The changes that a body holds. Throws INVALID_DATA if it mixes its forms. */
export function changesOf({
  increment = {},
  ...rest
}: Static<typeof ParameterChangesSchema>): ParameterChanges {
  return { set: parametersOf(rest), increment };
}

/** Throws INVALID_DATA when a body names another section, or another time of its last change, than what is stored. */
export function checkSection(body: Static<typeof ParametersSchema>, present: Section): void {
  if (body.parameters !== undefined) checkReadOnly(Object.keys(besides), body, sectionJson(present));
}
