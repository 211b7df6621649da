import { describe, jest } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { importSnapshots } from '../../src/import/index.js';
import { serve } from '../../src/main/serve.js';
import { tester } from '../support/actor.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { testServer } from '../support/neo4j/place.js';
import { demoFiles } from './demo-company.js';
import { scenarios } from './scenario.js';
import { surface } from './surface.js';

jest.setTimeout(240_000);

describe.each(['memory', 'store'])('on Neo4j, with the graph in %s', (index) => {
  surface(async () => {
    const { store, dispose } = await openOnServer();
    try {
      const { clock } = scenarios[0]!;
      await importSnapshots(store, demoFiles, { actor: tester, now: Date.parse(clock) });
      const { uri, user, password } = testServer();
      const config = readConfig({
        TENDRIL_STORE: uri,
        TENDRIL_NEO4J_USER: user,
        TENDRIL_NEO4J_PASSWORD: password,
        TENDRIL_PORT: '0',
        TENDRIL_CLOCK: clock,
        TENDRIL_INDEX: index,
      });
      const serving = await serve(config, () => {});
      return { ...serving, stop: () => serving.stop().finally(dispose) };
    } catch (error) {
      await dispose();
      throw error;
    }
  });
});
