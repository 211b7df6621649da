import { describe, jest } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { importSnapshots } from '../../src/import/index.js';
import { serve } from '../../src/main/serve.js';
import { tester } from '../support/actor.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { testServer } from '../support/neo4j/place.js';
import { documentOf, fieldCases } from './field.js';
import { fieldSurface } from './field-surface.js';

jest.setTimeout(240_000);

describe.each(['memory', 'store'])('on Neo4j, with the graph in %s', (index) => {
  fieldSurface(async () => {
    const { store, dispose } = await openOnServer();
    try {
      const { clock } = fieldCases[0]!;
      const inputs = fieldCases.map((one) => ({ name: one.name, document: documentOf(one) }));
      await importSnapshots(store, inputs, { actor: tester, now: Date.parse(clock) });
      const { uri, user, password } = testServer();
      const config = readConfig({
        ...{ TENDRIL_STORE: uri, TENDRIL_NEO4J_USER: user, TENDRIL_NEO4J_PASSWORD: password },
        ...{ TENDRIL_PORT: '0', TENDRIL_CLOCK: clock, TENDRIL_INDEX: index, TENDRIL_DEMO: 'off' },
      });
      const serving = await serve(config, () => {});
      return { ...serving, stop: () => serving.stop().finally(dispose) };
    } catch (error) {
      await dispose();
      throw error;
    }
  });
});
