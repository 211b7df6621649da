import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { badInput } from '../model/errors.js';

const BY_WEB_SOCKET =
  'A subscription is not answered by HTTP. Subscribe at this address by WebSocket (graphql-transport-ws).';

/** Refuses to run a subscription where there is one answer and no more (BAD_INPUT, status 400). */
export const onlyOnce: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
        // Typed loosely: another library declares `http` of its own on these extensions.
        const extensions: Record<string, unknown> = { http: { status: 400, headers: new HeaderMap() } };
        throw new GraphQLError(BY_WEB_SOCKET, { originalError: badInput(BY_WEB_SOCKET), extensions });
      },
    };
  },
};
