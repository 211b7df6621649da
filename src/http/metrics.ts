import { type RequestHandler, Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Follower } from '../graph/follower/follower.js';
import { ERROR_CODES, type ErrorCode } from '../model/errors.js';
import { allowMethods } from './allow-methods.js';
import { errorOf, factsOf } from './request.js';
import { routeOf } from './routes.js';
import { sentStatus } from './status-codes.js';

/** The route label of requests for unknown paths. */
const UNKNOWN_ROUTE = 'other';
/** The status label of a request whose connection ended before its answer began. */
const UNANSWERED = 'none';

/** Upper bounds of the histograms' buckets, in seconds: from an answer out of memory to a large import. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60];

/**
 * The metrics of this instance, served at `/metrics` in the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). They say nothing about the company, so the path needs
 * no sign-in.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'tendril_http_request_duration_seconds',
    help: 'Seconds from a request to the end of its answer, by place and HTTP status.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  /** Only of trusted documents, so that the number of labels has a limit: callers cannot make new ones. */
  private readonly operations = new Histogram({
    name: 'tendril_operation_duration_seconds',
    help: 'Seconds from a request to the end of its answer, by trusted operation; of one without a name, by its id.',
    labelNames: ['operation', 'status'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  /** Errors need a counter of their own: GraphQL answers most of them with the status 200. */
  private readonly errors = new Counter({
    name: 'tendril_errors_total',
    help: 'Requests, connections and messages of subscriptions that went wrong, by the code of what did so first.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  constructor(follower: Follower) {
    // Every code starts at 0, so that the rate of a code includes its first error.
    for (const code of ERROR_CODES) this.errors.inc({ code }, 0);
    collectDefaultMetrics({ register: this.registry });
    this.gauge('tendril_store_up', '1 when the last look at the store was answered, else 0.', () =>
      Number(follower.status.storeUp),
    );
    this.gauge(
      'tendril_store_revision',
      'The head of the store as this instance last saw it.',
      () => follower.status.storeRevision,
    );
    this.gauge(
      'tendril_index_revision',
      'The revision that this instance answers from.',
      () => follower.status.indexRevision,
    );
    this.gauge(
      'tendril_index_lag_seconds',
      'Seconds since this instance was last known to be where the store is.',
      () => follower.status.lagSeconds,
    );
  }

  /** Adds the numbers of connections and subscriptions. */
  watch(live: { readonly connections: number; readonly subscriptions: number }): void {
    this.gauge('tendril_live_connections', 'WebSocket connections that are open.', () => live.connections);
    this.gauge('tendril_live_subscriptions', 'Subscriptions that are open.', () => live.subscriptions);
  }

  /** Adds whether the issuer of sign-ins can be reached. */
  watchIssuer(signIn: { readonly issuerReached: boolean }): void {
    const help = '0 when the last try to read the keys of TENDRIL_OIDC_ISSUER failed, else 1.';
    this.gauge('tendril_issuer_up', help, () => Number(signIn.issuerReached));
  }

  /** Counts an error that belongs to no single request. */
  readonly failed = (code: ErrorCode): void => this.errors.inc({ code });

  /** Measures every request that goes through it. */
  readonly time: RequestHandler = (request, response, next) => {
    const route = routeOf(request.path) ?? UNKNOWN_ROUTE;
    const end = this.requests.startTimer({ route });
    response.once('close', () => {
      const status = sentStatus(response) ?? UNANSWERED;
      const seconds = end({ status });
      const error = errorOf(request);
      if (error !== null) this.failed(error);
      const { trusted, logged } = factsOf(request);
      if (trusted === undefined) return;
      this.operations.observe({ operation: logged?.operation ?? trusted.id, status }, seconds);
    });
    next();
  };

  router(): Router {
    const router = Router();
    router.get('/', async (_request, response) => {
      response.setHeader('Content-Type', this.registry.contentType);
      response.end(await this.registry.metrics());
    });
    router.all('/', allowMethods('GET, HEAD'));
    return router;
  }

  private gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(value());
      },
    });
  }
}
