import { expect, test } from '@jest/globals';
import { giveWay, TimeSlice } from '../../src/async/time-slice.js';

test('what waits for the event loop runs when work gives way', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('other'));
  await giveWay();
  order.push('work');
  expect(order).toEqual(['other', 'work']);
});

test('a slice is over after its time, and the next one begins when the work gave way', async () => {
  const slice = new TimeSlice(20);
  expect(slice.isOver).toBe(false);
  const until = performance.now() + 25;
  while (performance.now() < until);
  expect(slice.isOver).toBe(true);
  await slice.giveWay();
  expect(slice.isOver).toBe(false);
});
