import { openEmbedded } from '../../../src/store/embedded/index.js';
import { commit, factOf, linkOf, putNew, T0 } from '../../contract/fixtures.js';
import { IN_A_COMMIT } from './child-rules.js';

/**
 * A process of its own: `node child.js PATH COMMITS`. Every commit brings {@link IN_A_COMMIT} entities, each
 * with a relationship, and is told on stdout once it was acknowledged.
 */
const [path = '', commits = ''] = process.argv.slice(2);
const store = await openEmbedded({ path });
for (let done = 0; done < Number(commits); done += 1) {
  const { revision } = await commit(
    store,
    async (draft) => {
      const ids = Array.from({ length: IN_A_COMMIT }, (_, at) => `${draft.revision}/${at}`);
      const numbers = await putNew(draft, ids);
      await draft.putRelationships(
        numbers.map((number) => linkOf('REPORTS_TO', number, numbers[0] as number)),
      );
    },
    { now: T0, facts: [factOf('STEP')] },
  );
  process.stdout.write(`${revision}\n`);
}
await store.close();
