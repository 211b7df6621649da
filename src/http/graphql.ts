import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import type { RequestHandler } from 'express';
import type { GraphQLSchema } from 'graphql';
import { Operation } from '../api/operation/operation.js';
import type { Services } from '../api/operation/services.js';
import { errorHandling } from '../api/plugins/error-plugin.js';
import { logOperationName } from '../api/plugins/log-operation-name.js';
import { refuseSubscriptions } from '../api/plugins/refuse-subscriptions.js';
import { answerBytes } from '../api/size/answer-bytes.js';
import { sizePlugin } from '../api/size/size-plugin.js';
import { etagPlugin } from './etag.js';
import { jsonStatuses, settleMediaType } from './media-types.js';
import { atLeastRevision, factsOf, viewerOf } from './request.js';

/** The endpoint for GraphQL over HTTP. It stands behind sign-in. */
export interface GraphQLEndpoint {
  readonly handler: RequestHandler;
  stop(): Promise<void>;
}

/** @param trusted whether only trusted documents run; only their answers get an entity tag */
export async function graphqlEndpoint(
  services: Services,
  schema: GraphQLSchema,
  trusted: boolean,
): Promise<GraphQLEndpoint> {
  const { limits, log } = services;
  const errors = errorHandling(limits, log);
  const server = new ApolloServer<Operation>({
    schema,
    plugins: [
      errors.plugin,
      logOperationName,
      refuseSubscriptions,
      sizePlugin(limits),
      answerBytes(limits),
      jsonStatuses,
      ...(trusted ? [etagPlugin] : []),
      ...DISABLED_PLUGINS,
    ],
    formatError: errors.format,
    parseOptions: { maxTokens: limits.queryTokens },
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    // Introspection needs sign-in, as every operation does.
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    logger: log,
  });
  await server.start();
  const answer = expressMiddleware(server, {
    async context({ req, res }) {
      const atLeast = atLeastRevision(req);
      const facts = factsOf(req);
      const { requestId } = facts;
      const operation = new Operation(services, {
        viewer: viewerOf(req),
        requestId,
        ...(atLeast === undefined ? {} : { atLeast }),
      });
      facts.logged = operation.logged;
      // The connection was closed before the answer was written: the caller no longer waits.
      res.once('close', () => {
        if (!res.writableFinished) operation.cancel();
        operation.end();
      });
      return operation;
    },
  });
  const handler: RequestHandler = (request, response, next) => {
    // An error thrown in `context` would be an internal server error to Apollo, so the header is checked here too.
    atLeastRevision(request);
    settleMediaType(request);
    response.vary('Accept').vary('Authorization');
    return answer(request, response, next);
  };
  return { handler, stop: () => server.stop() };
}

/** Turns off plugins that Apollo adds by itself, some by environment variables; the first one slows every field. */
const DISABLED_PLUGINS = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];
