import { Router } from 'express';
import type { Follower } from '../graph/follow.js';
import { only } from './only.js';

/** What health speaks of. */
export interface Health {
  readonly follower: Follower;
  /** The fixed time the service runs by; null: that of the system. */
  readonly fixedClock: string | null;
}

/**
 * `/health/live`: the process answers. `/health/ready`, and `/health` alone: the store is reached, the graph is
 * loaded, and it is not far behind the store; else 503 and why.
 * Neither says anything about the company, and neither asks for sign-in.
 */
export function health({ follower, fixedClock }: Health): Router {
  const router = Router();
  const about = fixedClock === null ? {} : { clock: fixedClock };
  router.get('/live', (_request, response) => {
    response.json({ status: 'live', ...about });
  });
  router.get(['/', '/ready'], async (_request, response) => {
    const { because } = await follower.look();
    if (because === null) response.json({ status: 'ready', ...about });
    else response.status(503).json({ status: 'not ready', because, ...about });
  });
  router.all(['/', '/live', '/ready'], only('GET, HEAD'));
  return router;
}
