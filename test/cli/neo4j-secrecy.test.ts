import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { on } from '../contract/fixtures.js';
import { document } from '../import/support.js';
import { BadNetwork } from '../support/neo4j/bad-network.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { testServer } from '../support/neo4j/place.js';
import { ServiceProcess } from '../support/service-process.js';
import { Bench } from './support/tendril.js';

jest.setTimeout(240_000);

/** What the list of processes shows to every user of the machine. */
function processList(): string {
  const { status, stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout;
}

test(
  'the password of the store is in nothing that anybody is told, while it is there and while it is not',
  on(openOnServer, async () => {
    const { uri, user, password } = testServer();
    const network = await BadNetwork.before(Number(new URL(uri).port));
    const bench = new Bench();
    const folder = mkdtempSync(join(tmpdir(), 'tendril-secrecy-'));
    const environment = {
      TENDRIL_STORE: network.uri,
      TENDRIL_NEO4J_USER: user,
      TENDRIL_NEO4J_PASSWORD: password,
    };
    const service = await ServiceProcess.start(folder, environment);
    const told: Record<string, string> = {};
    const hear = async (when: string) => {
      for (const path of ['/metrics', '/health/ready', '/health/live']) {
        told[`${path} ${when}`] = (await service.get(path)).text;
      }
      told[`GraphQL ${when}`] = JSON.stringify(await service.ask('{ sources { id } overview { revision } }'));
      const items = [{ kind: 'Account' as const, id: when, name: when }];
      told[`import ${when}`] = JSON.stringify(await service.import(document('it', 1, items, [], 'delta')));
    };
    try {
      await hear('up');
      const how = { env: environment };
      const [text, json, exported] = await Promise.all([
        bench.runWith(how, 'doctor'),
        bench.runWith(how, 'doctor', '--json'),
        bench.runWith(how, 'export', '--source', 'it'),
      ]);
      expect(json.out).toContain(network.uri);
      expect(exported).toMatchObject({ code: 0, out: expect.stringContaining('"up"') });
      for (const [name, { out, err }] of Object.entries({ text, json, exported })) told[name] = out + err;
      const list = processList();
      expect(list).toContain(String(service.child.pid));
      told.processes = list;
      network.refuse();
      await service.untilReady(503);
      await hear('down');
    } finally {
      network.resume();
      await service.stop();
      await network.close();
      bench.remove();
      rmSync(folder, { recursive: true, force: true });
    }
    told.log = service.said;
    expect(told.log).toContain('listening');
    expect(told['GraphQL down']).toContain('UNAVAILABLE');
    expect(Object.keys(told).filter((name) => told[name]?.includes(password))).toEqual([]);
  }),
);
