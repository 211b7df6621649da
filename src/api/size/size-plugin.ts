import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { TendrilError } from '../../model/errors.js';
import { refused } from '../errors/refused.js';
import { type LimitName, type Limits, overLimit } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { fragmentsOf } from './fragments.js';
import { sizeOf } from './operation-size.js';
import { itemsIn } from './variable-items.js';

const MEASURED = {
  depth: 'Ask for less below one another.',
  aliases: 'Ask in several operations.',
  directives: 'Ask for what you want in operations of its own.',
  cost: 'Ask for smaller pages or fewer fields.',
} as const satisfies Partial<Record<LimitName, string>>;

/** Refuses operations that are too large before they run (LIMIT_EXCEEDED, status 400). */
export function sizePlugin(limits: Limits): ApolloServerPlugin<Operation> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          // There is no operation of that name: execution reports it.
          if (operation === undefined) return;
          const error = tooLarge(schema, document, operation, request.variables ?? {}, limits);
          if (error !== undefined) throw refused(error);
        },
      };
    },
  };
}

/** The error of the first limit that a valid operation exceeds; undefined where it exceeds none. */
export function tooLarge(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
): TendrilError | undefined {
  const { variableItems } = limits;
  if (itemsIn(schema, operation, variables, variableItems) > variableItems) {
    return overLimit('variableItems', limits, 'Send them in several operations.');
  }
  const size = sizeOf(schema, operation, fragmentsOf(document), variables);
  const crossed = (Object.keys(MEASURED) as (keyof typeof MEASURED)[]).find(
    (name) => size[name] > limits[name],
  );
  return crossed && overLimit(crossed, limits, MEASURED[crossed]);
}
