import { openNeo4j } from '../../src/store/neo4j/index.js';
import type { Store } from '../../src/store/store.js';
import { testServer, wipe } from '../support/neo4j/place.js';
import { contract } from './contract.js';

contract('the Neo4j engine', async () => {
  await wipe();
  const handles: Store[] = [];
  const openOne = async () => {
    const store = await openNeo4j(testServer());
    handles.push(store);
    return store;
  };
  const store = await openOne();
  return {
    store,
    async reopen() {
      await store.close();
      return openOne();
    },
    openSecond: openOne,
    async dispose() {
      for (const handle of handles) await handle.close();
      await wipe();
    },
  };
});
