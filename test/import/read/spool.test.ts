import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { compose } from '../../../src/compose.js';
import { readConfig } from '../../../src/config.js';
import { spool } from '../../../src/import/read/spool.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-spool-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half a snapsh');
}

describe('what a killed process left of an upload', () => {
  test('goes when the service starts, and what is still read stays', async () => {
    const incoming = join(folder, 'incoming');
    mkdirSync(incoming);
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const left = (pid: number) => {
      const name = `import-${pid}-${randomUUID()}`;
      writeFileSync(join(incoming, name), 'x');
      return name;
    };
    left(gone);
    // In a container, a start often has the number of the one before.
    const before = left(process.pid);
    utimesSync(join(incoming, before), 1, 1);
    const others = [left(process.ppid), 'notes.txt'];
    writeFileSync(join(incoming, 'notes.txt'), 'x');
    const own = await spool(bytes(), incoming, 100);

    const config = readConfig({ TENDRIL_STORE: `sqlite:${join(folder, 'graph.db')}` });
    const tendril = await compose(config, { log: pino({ level: 'silent' }) });
    await tendril.close();
    const mine = readdirSync(incoming).filter((name) => name.startsWith(`import-${process.pid}-`));
    expect(mine).toHaveLength(1);
    expect(readdirSync(incoming).sort()).toEqual([...others, ...mine].sort());
    await own.remove();
    expect(readdirSync(incoming).sort()).toEqual(others.sort());
  });
});
