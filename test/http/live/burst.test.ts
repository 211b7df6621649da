import { expect, test } from '@jest/globals';
import { at, TestService } from '../../api/service.js';
import { commit, factOf } from '../../contract/fixtures.js';
import { Listener, untilSubscribed } from './listener.js';

/** Subscriptions over one connection: as many as a subject may have. */
const ALL = 1000;
const TEXT = 'x'.repeat(8 * 1024);

test('a client with a thousand subscriptions over one connection receives an event with each', async () => {
  const service = await TestService.start();
  const listener = new Listener(service.url, service.headers('AUDITOR').authorization);
  try {
    const told = Array.from({ length: ALL }, () =>
      listener.hear('subscription { auditEventAdded { seq after } }').next(),
    );
    await untilSubscribed(service.url, ALL);
    await commit(service.tendril.store, async () => {}, {
      facts: [factOf('HAPPENED', { after: { text: TEXT } })],
    });
    const seqs = (await Promise.all(told)).map((value) => at(value, 'data.auditEventAdded.seq'));
    expect(new Set(seqs)).toEqual(new Set([1]));
  } finally {
    await listener.stop();
    await service.stop();
  }
});
