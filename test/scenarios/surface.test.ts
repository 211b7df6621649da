import { describe } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { serve } from '../../src/main/serve.js';
import { scenarios } from './scenario.js';
import { surface } from './surface.js';

describe.each(['memory', 'store'])('with the graph in %s, from a store loaded at the start', (index) => {
  surface(() => {
    const config = readConfig({
      TENDRIL_STORE: 'sqlite::memory:',
      TENDRIL_PORT: '0',
      TENDRIL_CLOCK: scenarios[0]!.clock,
      TENDRIL_INDEX: index,
    });
    return serve(config, () => {});
  });
});
