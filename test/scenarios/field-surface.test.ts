import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { importSnapshots } from '../../src/import/index.js';
import { serve } from '../../src/main/serve.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { Bench } from '../cli/support/tendril.js';
import { tester } from '../support/actor.js';
import { documentOf, fieldCases } from './field.js';
import { fieldSurface, inWords, radiusCases, type Sets } from './field-surface.js';

const { clock } = fieldCases[0]!;

test('all cases are of one moment', () => {
  expect(new Set(fieldCases.map((one) => one.clock)).size).toBe(1);
});

describe.each(['memory', 'store'])('over HTTP, with the graph in %s', (index) => {
  const folder = mkdtempSync(join(tmpdir(), 'tendril-field-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  fieldSurface(async () => {
    const path = join(folder, 'graph.db');
    const store = await openEmbedded({ path });
    const inputs = fieldCases.map((one) => ({ name: one.name, document: documentOf(one) }));
    await importSnapshots(store, inputs, { actor: tester, now: Date.parse(clock) });
    await store.close();
    const config = readConfig({
      ...{ TENDRIL_STORE: `sqlite:${path}`, TENDRIL_PORT: '0', TENDRIL_DEMO: 'off' },
      ...{ TENDRIL_CLOCK: clock, TENDRIL_INDEX: index },
    });
    return serve(config, () => {});
  });
});

describe('on the command line', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = new Bench();
    const files = fieldCases.map((one) => {
      const file = bench.path(`${one.name}.json`);
      writeFileSync(file, JSON.stringify(documentOf(one)));
      return file;
    });
    const { code, err } = await bench.runWith({ env: { TENDRIL_CLOCK: clock } }, 'import', ...files);
    if (code !== 0) throw new Error(err);
  });
  afterAll(() => bench.remove());

  test.each(radiusCases)('$name $title', async (one) => {
    const words = ['blast-radius', `${one.name}/${one.human}`, '--json'];
    const { code, out, err } = await bench.runWith({ env: { TENDRIL_CLOCK: clock } }, ...words);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    expect(inWords(one, JSON.parse(out) as Sets)).toEqual(one.radius);
  });
});
