import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { withDeadline } from '../../src/async/with-deadline.js';

const never = () => new Promise<string>(() => {});

describe('waiting with a deadline', () => {
  test('gives what the work gives, and throws what it throws', async () => {
    await expect(withDeadline(Promise.resolve('done'), { millis: 1000 })).resolves.toBe('done');
    const broken = Promise.reject(new Error('broken'));
    await expect(withDeadline(broken, { millis: 1000 })).rejects.toThrow('broken');
  });

  test('ends with what the timeout gives or throws', async () => {
    await expect(withDeadline(never(), { millis: 1, onTimeout: () => null })).resolves.toBe(null);
    const onTimeout = () => {
      throw new Error('too late');
    };
    await expect(withDeadline(never(), { millis: 1, onTimeout })).rejects.toThrow('too late');
  });

  test('ends with the reason of a signal, also of one that is aborted already', async () => {
    const stop = new AbortController();
    const waiting = withDeadline(never(), { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await expect(withDeadline(never(), { signal: stop.signal })).rejects.toThrow('stopped');
  });

  test.each([
    [undefined, true],
    [true, true],
    [false, false],
  ])('with keepsAlive %s, whether the process waits for the timer: %s', async (keepsAlive, expected) => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const stop = new AbortController();
    const deadline = { millis: 60_000, signal: stop.signal, ...(keepsAlive !== undefined && { keepsAlive }) };
    const waiting = withDeadline(never(), deadline);
    expect(timers() > before).toBe(expected);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });

  test('an error of the work after the deadline is ignored', async () => {
    const late = sleep(5).then(() => Promise.reject(new Error('nobody waits')));
    await expect(withDeadline(late, { millis: 1, onTimeout: () => 'given up' })).resolves.toBe('given up');
    await sleep(10);
  });
});
