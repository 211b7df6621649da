import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { AuditEvent } from '../../../src/model/audit.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { MAX_PAGE } from '../../../src/store/queries.js';
import type { Store } from '../../../src/store/store.js';
import { commit, putNew } from '../../contract/fixtures.js';
import { CHILD, IN_A_COMMIT } from './child-rules.js';
import { inFolder } from './scratch.js';

/** Lets a process write, kills it some time after its first commit, and gives the last one it was sure of. */
async function writeAndDie(path: string, after: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, path, '1000'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  await sleep(after);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  const whole = told.slice(0, told.lastIndexOf('\n')).split('\n');
  return Number(whole.at(-1));
}

async function everyEvent({ journal }: Store): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for (;;) {
    const page = await journal.auditEvents({ after: events.length, limit: MAX_PAGE });
    if (page.length === 0) return events;
    events.push(...page);
  }
}

describe('a process killed while it writes', () => {
  test(
    'leaves the last acknowledged revision and nothing half-written, ten times in a row',
    inFolder(async (folder) => {
      const path = join(folder, 'graph.db');
      for (let round = 0; round < 10; round += 1) {
        const acknowledged = await writeAndDie(path, Math.random() * 120);
        const store = await openEmbedded({ path });
        const diagnosis = await store.diagnose();
        const { revision } = diagnosis.head;
        // The kill may fall between the commit and the word of it, never the other way round.
        expect(revision - acknowledged).toBeGreaterThanOrEqual(0);
        expect(revision - acknowledged).toBeLessThanOrEqual(1);
        expect(diagnosis).toMatchObject({
          problems: [],
          entities: revision * IN_A_COMMIT,
          relationships: revision * IN_A_COMMIT,
        });
        const events = await everyEvent(store);
        expect(events.map((event) => event.revision)).toEqual(events.map((_, at) => at + 1));
        expect(events).toHaveLength(revision);
        expect(await store.entities([`${revision}/0`, `${revision + 1}/0`], revision)).toMatchObject([
          { id: `${revision}/0` },
          undefined,
        ]);
        await store.close();
      }
    }),
  );

  test(
    'lets go of the writer’s lock',
    inFolder(async (folder) => {
      const path = join(folder, 'graph.db');
      await writeAndDie(path, 20);
      const store = await openEmbedded({ path });
      const before = await store.head();
      const draft = await store.write({ now: 0, waitMillis: 0 });
      await putNew(draft, ['after']);
      expect((await draft.commit([])).revision).toBe(before.revision + 1);
      await store.close();
    }),
  );
});

describe('processes that start at once', () => {
  test(
    'make one store of a new file, and each commits to it',
    inFolder(async (folder) => {
      const path = join(folder, 'new', 'graph.db');
      const children = Array.from({ length: 4 }, () =>
        spawn(process.execPath, [CHILD, path, '2'], { stdio: ['ignore', 'ignore', 'inherit'] }),
      );
      const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
      expect(codes).toEqual([0, 0, 0, 0]);
      const store = await openEmbedded({ path });
      expect(await store.diagnose()).toMatchObject({ problems: [], entities: 8 * IN_A_COMMIT });
      expect((await commit(store, (draft) => putNew(draft, ['last']))).revision).toBe(9);
      await store.close();
    }),
  );
});
