import { expect, test } from '@jest/globals';
import { benchLive } from './live.js';

/** Runs it once, small, so that it works when somebody wants to know; times and sizes are nobody's business here. */
test('what many subscribers cost is measured', async () => {
  const said: string[] = [];
  const size = { subscribers: 60, humans: 20, changes: 2, rest: 0 };
  const lived = await benchLive(size, (doing) => said.push(doing));
  expect(said).toEqual(['a company of 20 humans', '60 subscribers', 'change 1', 'change 2']);
  expect(lived.changes).toHaveLength(2);
  for (const { rss, heap } of [lived.before, lived.idle, lived.after]) expect(rss).toBeGreaterThan(heap);
}, 120_000);
