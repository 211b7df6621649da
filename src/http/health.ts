import { Router } from 'express';
import { withDeadline } from '../async/with-deadline.js';
import type { Follower } from '../graph/follower/follower.js';
import type { StoreSchema } from '../store/store.js';
import { allowMethods } from './allow-methods.js';

/** What health speaks of. */
export interface Health {
  readonly follower: Follower;
  readonly schema: StoreSchema;
  /** The fixed time the service runs by; null: that of the system. */
  readonly fixedClock: string | null;
}

/**
 * `/health/live`: the process answers. `/health/ready`, and `/health` alone: the store is reached and has a schema
 * that this program knows, the graph is loaded, and it is not far behind the store; else 503 and why.
 * Neither says anything about the company, and neither asks for sign-in.
 */
export function health({ follower, schema, fixedClock }: Health): Router {
  const router = Router();
  const about = fixedClock === null ? {} : { clock: fixedClock };
  router.get('/live', (_request, response) => {
    response.json({ status: 'live', ...about });
  });
  router.get(['/', '/ready'], async (_request, response) => {
    const { because, storeRevision, indexRevision, lagSeconds } = await follower.check();
    const version = because === null ? await versionOf(schema) : null;
    const reason = because ?? tooNew(version, schema);
    response.status(reason === null ? 200 : 503).json({
      status: reason === null ? 'ready' : 'not ready',
      ...(reason === null ? {} : { because: reason }),
      store: { revision: storeRevision, schema: version },
      index: { revision: indexRevision, lagSeconds },
      ...about,
    });
  });
  router.all(['/', '/live', '/ready'], allowMethods('GET, HEAD'));
  return router;
}

/** How long the store may take to say which schema it has, in milliseconds. */
const PATIENCE = 2000;

/** The schema of the store; null where it does not say so now: whether it answers is the follower's to judge. */
function versionOf(schema: StoreSchema): Promise<number | null> {
  const answered = schema.version().catch(() => null);
  return withDeadline(answered, { millis: PATIENCE, onTimeout: () => null });
}

/** What an older program writes into a newer store nobody has thought about. */
function tooNew(version: number | null, { known }: StoreSchema): string | null {
  if (version === null || version <= known) return null;
  return `A newer Tendril has brought the store to schema ${version}, and this instance knows ${known}; start that version here too.`;
}
