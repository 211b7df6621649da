import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Services } from '../api/operation/services.js';
import { buildApiSchema } from '../api/schema.js';
import type { TrustedDocuments } from '../api/trusted/trusted-documents.js';
import { TendrilError } from '../model/errors.js';
import { allowMethods } from './allow-methods.js';
import { answerError, answerErrors } from './answer-errors.js';
import { Authenticator, requireSignIn } from './authenticator.js';
import { callBackEndpoint, readCallBack } from './call-backs.js';
import { letPagesCall } from './cors.js';
import { Draining } from './draining.js';
import { explorer } from './explorer.js';
import { graphqlEndpoint } from './graphql.js';
import { health } from './health.js';
import { importEndpoint } from './import.js';
import { readJson } from './json-body.js';
import { LiveEndpoint } from './live/live-endpoint.js';
import { Metrics } from './metrics.js';
import { limitSubjects } from './rate-limits.js';
import { begin } from './request.js';
import { logRequests } from './request-log.js';
import { securityHeaders } from './security-headers.js';
import type { SignIn } from './sign-in.js';
import { traceOperations, traceRequests } from './spans.js';
import { limitRequestTime } from './timeouts.js';
import { onlyTrusted } from './trusted.js';

export interface ServerOptions {
  readonly services: Services;
  readonly signIn: SignIn;
  /** The fixed time the service runs by; null: that of the system. */
  readonly fixedClock: string | null;
  /** Where bodies of `/import` wait until they are whole. */
  readonly spoolDir: string;
  /** Whose pages may call GraphQL and subscribe from a browser; left out: nobody's. */
  readonly corsOrigins?: readonly string[];
  /** Also answer what a gateway asks of a subgraph of Apollo Federation; left out: no. */
  readonly federation?: boolean;
  /** The documents that alone may run, held to the schema; null, or left out: whatever fits may. */
  readonly trusted?: (schema: GraphQLSchema) => TrustedDocuments | null;
}

export interface HttpService {
  readonly app: Express;
  /** Subscriptions; of a server that listens, they take the requests to become a WebSocket. */
  readonly live: LiveEndpoint;
  /** From now on nothing new is begun; what runs goes on to its end. */
  drain(): void;
  /** Settles when no request is left without its end. A server calls itself closed before those it cut off know. */
  answered(): Promise<void>;
  /** Waits for operations that run, then lets go. */
  stop(): Promise<void>;
}

/** The service as an Express app; it listens nowhere yet. */
export async function httpService(options: ServerOptions): Promise<HttpService> {
  const { services, fixedClock, spoolDir, corsOrigins = [] } = options;
  const { limits, log, tracing, follower, digests } = services;
  const metrics = new Metrics(follower);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);
  app.set('query parser', 'simple');

  app.use((request, response, next) => {
    const requestId = randomUUID();
    begin(request, { requestId });
    response.setHeader('X-Request-Id', requestId);
    next();
  });
  app.use(traceRequests(tracing));
  app.use(logRequests(log));
  app.use(metrics.time);
  app.use(securityHeaders);
  const draining = new Draining();
  app.use(draining.track);
  const schema = buildApiSchema({ federation: options.federation ?? false });
  const trusted = options.trusted?.(schema) ?? null;
  // Where nothing may run that is not in a file, there is nothing to explore.
  if (trusted === null) app.get('/', explorer).all('/', allowMethods('GET, HEAD'));
  app.use('/health', health({ follower, schema: services.store.schema, fixedClock }));
  app.use('/metrics', metrics.router());

  const authenticator = new Authenticator(options.signIn, limits, log);
  const signIn = [requireSignIn(authenticator), limitSubjects(limits)];
  const graphql = await graphqlEndpoint(services, schema, trusted !== null);
  const live = new LiveEndpoint(services, { schema, trusted }, authenticator, corsOrigins, metrics.failed);
  metrics.watch(live);
  metrics.watchIssuer(options.signIn);
  app.use('/graphql', letPagesCall(corsOrigins));
  const documents: RequestHandler[] = trusted === null ? [] : [onlyTrusted(trusted)];
  const answer = [traceOperations(tracing), graphql.handler];
  app.all('/graphql', signIn, limitRequestTime(limits), readJson(limits), ensureBody, documents, answer);
  app.post('/import', signIn, importEndpoint(services, spoolDir));
  app.all('/import', allowMethods('POST'));
  app.post(
    '/webhooks/actions/:id',
    limitRequestTime(limits),
    readCallBack(limits),
    callBackEndpoint(services),
  );
  app.all('/webhooks/actions/:id', allowMethods('POST'));

  app.use((request, response) => {
    answerError(
      new TendrilError('NOT_FOUND', 'There is nothing here. GraphQL is at /graphql.'),
      request,
      response,
    );
  });
  app.use(answerErrors(limits, log));
  follower.start();
  digests.start(follower);
  const stop = async () => {
    await live.stop();
    await digests.stop();
    await follower.stop();
    await graphql.stop();
  };
  return { app, live, drain: () => draining.begin(), answered: () => draining.finished(), stop };
}

/** GraphQL by GET has no body; the handler asks that there be one all the same. */
const ensureBody: RequestHandler = (request, _response, next) => {
  request.body ??= {};
  next();
};
