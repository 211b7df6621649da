import { openEmbedded } from '../../src/store/embedded/index.js';
import { openNeo4j } from '../../src/store/neo4j/index.js';
import { testServer } from '../support/neo4j/place.js';
import { doStep } from './import-steps.js';

/**
 * A process of its own for `import-crash.test.ts` and `import-crash-neo4j.test.ts`: does one step after another. It writes a line when it is
 * ready, one at each step, and the revision when an import is done.
 */
const [path = '', ...steps] = process.argv.slice(2);
// The tests' server has an address that its own variables tell, with the password.
const store = await (path.includes('://') ? openNeo4j(testServer()) : openEmbedded({ path }));
const actor = { subject: 'child', signedInBy: 'system', requestId: null };
process.stdout.write('ready\n');
for (const [at, step] of steps.entries()) {
  const now = Date.UTC(2026, 5, 1 + at);
  const onProgress = () => void process.stdout.write('step\n');
  const revision = await doStep(store, step, { actor, now, onProgress });
  process.stdout.write(`${revision}\n`);
}
await store.close();
