import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Collected, collect } from '../../../src/cli/radii/collect.js';
import { radiusReport } from '../../../src/cli/radii/report.js';
import { openClient } from '../../../src/client/open-client.js';
import { Bench } from '../support/tendril.js';

let bench: Bench;
let collected: Collected;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
  const client = await openClient({ TENDRIL_STORE: `sqlite:${bench.store}` });
  const asked = { human: 'tamsin.okoro@fennmarsh.example' };
  collected = await collect(client, asked, { limit: 10, alike: 4 });
  await client.close();
});
afterAll(() => bench.remove());

const whole = (more: Partial<Collected['radius']>) =>
  radiusReport(
    { ...collected, radius: { ...collected.radius, ...more } },
    { width: undefined, colour: false },
  )
    .find((line) => line.startsWith('As of'))
    ?.replace(/^.*revision 1\. /, '');

test('claims no more than that nothing the sources report was left out', () => {
  expect(whole({})).toBe('Complete: nothing that the sources report was left out.');
});

test('says what was left out, where something was', () => {
  expect(whole({ incompleteBecause: 'Half of it; ask again.' })).toBe('Not complete: Half of it; ask again.');
});
