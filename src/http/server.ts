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
import { exportEndpoint } from './export.js';
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
  /** The fixed time of the service's clock; null: it uses the clock of the system. */
  readonly fixedClock: string | null;
  /** Why the service is not ready yet, while it starts; null, or left out: it has started. */
  readonly starting?: () => string | null;
  /** The folder that holds bodies of `/import` until they are complete. */
  readonly spoolDir: string;
  /** The origins whose pages may call GraphQL and subscribe from a browser; left out: none. */
  readonly corsOrigins?: readonly string[];
  /** Whether the schema has the fields of a subgraph of Apollo Federation; left out: no. */
  readonly federation?: boolean;
  /** Gives the documents that alone may run; null, or left out: every document that fits the schema may. */
  readonly trusted?: (schema: GraphQLSchema) => TrustedDocuments | null;
}

export interface HttpService {
  readonly app: Express;
  /** Subscriptions. Attached to a server, it takes the requests to become a WebSocket. */
  readonly live: LiveEndpoint;
  /** Refuses new requests from now on; those that run go on to their end. */
  drain(): void;
  /** Resolves when every request has ended. A server reports that it is closed before requests that it cut off end. */
  answered(): Promise<void>;
  /** Waits for operations that run, then releases everything. */
  stop(): Promise<void>;
}

/** Makes the service as an Express app. It does not listen yet. */
export async function httpService(options: ServerOptions): Promise<HttpService> {
  const { services, spoolDir, corsOrigins = [] } = options;
  const { limits, log, tracing, follower, aggregates } = services;
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
  // Where only trusted documents may run, there is nothing to explore.
  if (trusted === null) app.get('/', explorer).all('/', allowMethods('GET, HEAD'));
  app.use('/health', health({ ...options, follower, schema: services.store.schema }));
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
  app.get('/export', signIn, exportEndpoint(services));
  app.all('/export', allowMethods('GET, HEAD'));
  app.post(
    '/webhooks/actions/:id',
    limitRequestTime(limits),
    readCallBack(limits),
    callBackEndpoint(services),
  );
  app.all('/webhooks/actions/:id', allowMethods('POST'));

  app.use((request, response) => {
    answerError(
      new TendrilError('NOT_FOUND', 'There is nothing at this path. GraphQL is at /graphql.'),
      request,
      response,
    );
  });
  app.use(answerErrors(limits, log));
  follower.start();
  aggregates.start(follower);
  const stop = async () => {
    await live.stop();
    await aggregates.stop();
    await follower.stop();
    await graphql.stop();
  };
  return { app, live, drain: () => draining.begin(), answered: () => draining.finished(), stop };
}

/** Apollo's handler expects a body, and a GraphQL request by GET has none. */
const ensureBody: RequestHandler = (request, _response, next) => {
  request.body ??= {};
  next();
};
