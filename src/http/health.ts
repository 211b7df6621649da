import { Router } from 'express';
import type { Logger } from 'pino';
import type { Graphs } from '../graph/graphs.js';
import type { Clock } from '../model/clock.js';
import { only } from './only.js';

/** What health speaks of. */
export interface Health {
  readonly graphs: Graphs;
  readonly clock: Clock;
  /** The fixed time the service runs by; null: that of the system. */
  readonly fixedClock: string | null;
  readonly log: Logger;
}

/**
 * `/health/live`: the process answers. `/health/ready`, and `/health` alone: the store is reached and the graph
 * is loaded.
 * Neither says anything about the company, and neither asks for sign-in.
 */
export function health({ graphs, clock, fixedClock, log }: Health): Router {
  const router = Router();
  const about = fixedClock === null ? {} : { clock: fixedClock };
  router.get('/live', (_request, response) => {
    response.json({ status: 'live', ...about });
  });
  router.get(['/', '/ready'], async (_request, response) => {
    try {
      await graphs.current(clock.now());
      response.json({ status: 'ready', ...about });
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      response.status(503).json({ status: 'not ready', ...about });
    }
  });
  router.all(['/', '/live', '/ready'], only('GET, HEAD'));
  return router;
}
