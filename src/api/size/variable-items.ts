import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

/**
 * The number of items of all lists in an operation's variables, counted before any of them is checked. A value of type
 * JSON, such as a snapshot, is not counted: it has limits of its own. Counting ends soon after `enough`.
 */
export function itemsIn(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  enough: number,
): number {
  let items = 0;
  const count = (type: GraphQLInputType, value: unknown): void => {
    if (items > enough || typeof value !== 'object' || value === null) return;
    if (isNonNullType(type)) {
      count(type.ofType, value);
    } else if (isListType(type)) {
      if (!Array.isArray(value)) return;
      items += value.length;
      for (const item of value) count(type.ofType, item);
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        count(field.type, (value as Record<string, unknown>)[field.name]);
      }
    }
  };
  for (const { type, variable } of operation.variableDefinitions ?? []) {
    const known = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    if (known !== undefined) count(known as GraphQLInputType, variables[variable.name.value]);
  }
  return items;
}
