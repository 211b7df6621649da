import { describe } from '@jest/globals';
import { atomicity } from './atomicity.js';
import { audit } from './audit.js';
import { documents } from './documents.js';
import { entities } from './entities.js';
import { expansions } from './expand.js';
import type { Open } from './fixtures.js';
import { history } from './history.js';
import { list } from './list.js';
import { many } from './many.js';
import { relationships } from './relationships.js';
import { revisions } from './revisions.js';
import { scans } from './scans.js';
import { sources } from './sources.js';
import { withdrawals } from './withdrawals.js';
import { writers } from './writers.js';

/**
 * What every engine promises: the comments of `src/store/store.ts`, `draft.ts`, `journal.ts` and `queries.ts`, each with at
 * least one test. An engine hands in how to open it, and skips nothing.
 */
export function contract(name: string, open: Open): void {
  describe(`${name} keeps the store's promises`, () => {
    revisions(open);
    atomicity(open);
    writers(open);
    entities(open);
    list(open);
    relationships(open);
    many(open);
    sources(open);
    scans(open);
    expansions(open);
    history(open);
    audit(open);
    documents(open);
    withdrawals(open);
  });
}
