import { GraphQLScalarType } from 'graphql';
import { badInput } from '../../model/errors.js';
import { Entity } from '../entity/entity.js';
import { NODE_CLASSES } from '../node/node-by-id.js';
import type { Node } from '../types/node.js';

/** An object in the form that a gateway names it. Only its type and its id are used. */
export interface Representation {
  readonly type: abstract new (...parts: never[]) => Node;
  readonly id: string;
}

/** The types that a representation may name; `Entity` where the gateway does not know the kind. */
const TYPES: ReadonlyMap<unknown, Representation['type']> = new Map(
  [Entity, ...NODE_CLASSES].map((type) => [type.name, type]),
);

/** The scalar of federation for representations. */
export const RepresentationScalar = new GraphQLScalarType<unknown>({
  name: '_Any',
  description: 'A representation: an object with `__typename` and `id`.',
});

/** @throws BAD_INPUT for an invalid representation; the message does not repeat it */
export function readRepresentation(value: unknown): Representation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badInput('A representation is an object with `__typename` and `id`, and this is none. Send both.');
  }
  const { __typename, id } = value as Record<string, unknown>;
  const type = TYPES.get(__typename);
  if (type === undefined) {
    const names = [...TYPES.keys()].join(', ');
    throw badInput(`The \`__typename\` of a representation is one of ${names}; this has another, or none.`);
  }
  if (typeof id !== 'string') {
    throw badInput('The `id` of a representation is a text, and this has none. Send it with `__typename`.');
  }
  return { type, id };
}
