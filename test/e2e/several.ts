import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';
import type { Opened } from '../contract/fixtures.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { testServer } from '../support/neo4j/place.js';
import { ServiceProcess } from '../support/service-process.js';

/** Several instances over one store, and this process beside them. */
export interface Several {
  readonly store: Store;
  readonly instances: readonly [ServiceProcess, ServiceProcess];
}

/** Where the instances stand: the store, and the environment of each. */
export type Stand = (
  folder: string,
) => Promise<[Pick<Opened, 'store' | 'dispose'>, Record<string, string>[]]>;

export const onNeo4j: Stand = async () => {
  const opened = await openOnServer();
  const { uri, user, password } = testServer();
  const sign = { TENDRIL_NEO4J_USER: user, TENDRIL_NEO4J_PASSWORD: password };
  // One goes straight to the server, the other asks it for the members of its cluster, as in production.
  const addresses = [uri, uri.replace('bolt://', 'neo4j://')];
  return [opened, addresses.map((address) => ({ ...sign, TENDRIL_STORE: address }))];
};

export const onOneFile: Stand = async (folder) => {
  const path = join(folder, 'graph.db');
  const store = await openEmbedded({ path });
  const environment = { TENDRIL_STORE: `sqlite:${path}`, TENDRIL_DEMO: 'off' };
  return [{ store, dispose: () => store.close() }, [environment, environment]];
};

/** @param more what the environment of every instance has besides */
export async function withSeveral(
  stand: Stand,
  work: (several: Several) => Promise<void>,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tendril-several-'));
  const started: ServiceProcess[] = [];
  try {
    const [opened, environments] = await stand(folder);
    try {
      for (const environment of environments) {
        started.push(await ServiceProcess.start(folder, { ...environment, ...more }));
      }
      await work({ store: opened.store, instances: [started[0]!, started[1]!] });
    } finally {
      await Promise.all(started.map((service) => service.stop()));
      await opened.dispose();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
