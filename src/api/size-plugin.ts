import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { type FragmentDefinitionNode, GraphQLError, Kind } from 'graphql';
import { type LimitName, type Limits, overLimit } from './limits.js';
import type { Operation } from './operation.js';
import { sizeOf } from './operation-size.js';

const MEASURED = {
  depth: 'Ask for less below one another.',
  aliases: 'Ask in several operations.',
  cost: 'Ask for smaller pages or fewer fields.',
} as const satisfies Partial<Record<LimitName, string>>;

/** Refuses operations that are too large before they run (LIMIT_EXCEEDED, status 400). */
export function sizePlugin(limits: Limits): ApolloServerPlugin<Operation> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          // No operation of that name: execution says so.
          if (operation === undefined) return;
          const fragments = new Map<string, FragmentDefinitionNode>();
          for (const definition of document.definitions) {
            if (definition.kind === Kind.FRAGMENT_DEFINITION)
              fragments.set(definition.name.value, definition);
          }
          const size = sizeOf(schema, operation, fragments, request.variables ?? {});
          for (const name of Object.keys(MEASURED) as (keyof typeof MEASURED)[]) {
            if (size[name] <= limits[name]) continue;
            const error = overLimit(name, limits, MEASURED[name]);
            // Typed loosely: another library declares `http` of its own on these extensions.
            const extensions: Record<string, unknown> = { http: { status: 400, headers: new HeaderMap() } };
            throw new GraphQLError(error.message, { originalError: error, extensions });
          }
        },
      };
    },
  };
}
