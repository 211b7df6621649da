import { Router } from 'express';
import { withDeadline } from '../async/with-deadline.js';
import type { Follower } from '../graph/follower/follower.js';
import type { StoreSchema } from '../store/store.js';
import { allowMethods } from './allow-methods.js';

/** What the health endpoints report on. */
export interface Health {
  readonly follower: Follower;
  readonly schema: StoreSchema;
  /** The fixed time of the service's clock; null: it uses the clock of the system. */
  readonly fixedClock: string | null;
  /** Why the service is not ready yet, while it starts; null once it has started. */
  readonly starting?: () => string | null;
}

/**
 * `/health/live`: 200 while the process answers. `/health/ready`, and `/health` alone: 200 while the store is reachable
 * and has a schema that this program knows, the demo company (where it is to be) and the graph are loaded, and it is not far behind the store; else 503 with the
 * reason. Neither says anything about the company, so neither needs sign-in.
 */
export function health({ follower, schema, fixedClock, starting = () => null }: Health): Router {
  const router = Router();
  const about = fixedClock === null ? {} : { clock: fixedClock };
  router.get('/live', (_request, response) => {
    response.json({ status: 'live', ...about });
  });
  router.get(['/', '/ready'], async (_request, response) => {
    const { because, storeRevision, indexRevision, lagSeconds } = await follower.check();
    const version = because === null ? await versionOf(schema) : null;
    const reason = because ?? tooNew(version, schema) ?? starting();
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

/** How long to wait for the version of the store's schema, in milliseconds. */
const PATIENCE = 2000;

/** The version of the store's schema; null where the store does not answer. The follower reports that. */
function versionOf(schema: StoreSchema): Promise<number | null> {
  const answered = schema.version().catch(() => null);
  return withDeadline(answered, { millis: PATIENCE, onTimeout: () => null, keepsAlive: false });
}

/** The reason where the store has a newer schema: this program must not write into it. */
function tooNew(version: number | null, { known }: StoreSchema): string | null {
  if (version === null || version <= known) return null;
  return `A newer Tendril has brought the store to schema ${version}, and this instance knows ${known}; start that version here too.`;
}
