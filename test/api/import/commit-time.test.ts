import { expect, test } from '@jest/globals';
import { DAY, T0 } from '../../contract/fixtures.js';
import { HR } from '../company.js';
import { TestService } from '../service.js';

/** Two ways in; each is sent while another writer holds the store. */
const WAYS: Readonly<Record<string, (service: TestService) => Promise<unknown>>> = {
  'the mutation': (service) =>
    service.data('mutation ($input: ImportSnapshotInput!) { importSnapshot(input: $input) { revision } }', {
      role: 'IMPORTER',
      variables: { input: { snapshot: HR } },
    }),
  'POST /import': (service) =>
    fetch(`${service.url}/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...service.headers('IMPORTER') },
      body: JSON.stringify(HR),
    }),
};

test.each(Object.entries(WAYS))('an import by %s is of the moment it is done, not begun', async (_, send) => {
  let now = T0;
  const service = await TestService.start();
  service.tendril.clock.now = () => now;
  try {
    const { store } = service.tendril;
    const writing = await store.write({ now });
    const { write } = store;
    const asked = new Promise<void>((resolve) => {
      store.write = (options) => {
        resolve();
        return write.call(store, options);
      };
    });
    const importing = send(service);
    await asked;
    now += DAY;
    await writing.abort();
    await importing;
    expect(await store.head()).toEqual({ revision: 1, at: now });
    expect(await store.revisionAt(T0)).toEqual({ revision: 0, at: 0 });
  } finally {
    await service.stop();
  }
});
