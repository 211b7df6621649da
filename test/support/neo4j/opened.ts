import { openNeo4j } from '../../../src/store/neo4j/index.js';
import type { Store } from '../../../src/store/store.js';
import type { Opened } from '../../contract/fixtures.js';
import { testServer, wipe } from './place.js';
import { takeTurn } from './turn.js';

/** An empty store on the server of the run, for as long as a test has the turn. */
export async function openOnServer(): Promise<Opened> {
  const endTurn = await takeTurn();
  const handles: Store[] = [];
  const openOne = async () => {
    const store = await openNeo4j(testServer());
    handles.push(store);
    return store;
  };
  try {
    await wipe();
    const store = await openOne();
    return {
      store,
      async reopen() {
        await store.close();
        return openOne();
      },
      openSecond: openOne,
      async dispose() {
        try {
          for (const handle of handles) await handle.close();
          await wipe();
        } finally {
          endTurn();
        }
      },
    };
  } catch (error) {
    endTurn();
    throw error;
  }
}
