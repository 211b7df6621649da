import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** Texts that the scalars of the schema take. What they mean does not matter: the field has to be come to. */
const SCALARS: Readonly<Record<string, string>> = {
  ID: '"nobody"',
  String: '"nobody"',
  Int: '1',
  Float: '1',
  Boolean: 'false',
  DateTime: '"2026-01-01T00:00:00.000Z"',
  JSONObject: '{}',
  _Any: '{ __typename: "Human", id: "nobody" }',
};

/** A valid operation that asks for one root field and as little else as can be. */
export function operationFor(root: 'Query' | 'Mutation' | 'Subscription', field: Field): string {
  const required = field.args.filter(isRequiredArgument).map(argument);
  const args = required.length === 0 ? '' : `(${required.join(', ')})`;
  const below = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${root.toLowerCase()} { ${field.name}${args}${below} }`;
}

type Field = GraphQLField<unknown, unknown>;

const argument = ({ name, type }: Pick<GraphQLArgument, 'name' | 'type'>) => `${name}: ${literalOf(type)}`;

function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return `[${literalOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const required = fields.filter(isRequiredInputField).map(argument);
    // Some roles may look and not do: what can be looked at is only looked at.
    const looking = fields.some(({ name }) => name === 'dryRun') ? ['dryRun: true'] : [];
    return `{ ${[...required, ...looking].join(', ')} }`;
  }
  const value = SCALARS[type.name];
  if (value === undefined) throw new Error(`Say in any-operation.ts what a ${type.name} looks like.`);
  return value;
}
