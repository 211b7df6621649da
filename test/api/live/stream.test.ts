import { expect, test } from '@jest/globals';
import { openStream } from '../../../src/api/live/stream.js';
import { HeadMovePublisher } from '../../../src/graph/follower/head-move-publisher.js';
import { TendrilError, unavailable } from '../../../src/model/errors.js';

const following = (moves: HeadMovePublisher) => ({ headMoves: () => moves.subscribe() });

test('a stream that finds the store away looks again for the same, and goes on where it was', async () => {
  const moves = new HeadMovePublisher();
  let away = 2;
  const stream = await openStream(following(moves), async () => ({
    look: async (revision: number) => {
      if (away > 0) {
        away -= 1;
        throw unavailable('It is away.');
      }
      return { values: [revision] };
    },
  }));
  moves.publish({ since: 0, revision: 1 });
  // Nobody commits any more: it is told all the same.
  expect(await stream.next()).toEqual({ done: false, value: 1 });
  moves.publish({ since: 1, revision: 2 });
  expect(await stream.next()).toEqual({ done: false, value: 2 });
});

test('it can be ended while it waits for the store', async () => {
  const moves = new HeadMovePublisher();
  let looked = () => {};
  const looking = new Promise<void>((resolve) => {
    looked = resolve;
  });
  const stream = await openStream(following(moves), async () => ({
    look: async () => {
      looked();
      throw unavailable('It is away.');
    },
  }));
  moves.publish({ since: 0, revision: 1 });
  const next = stream.next();
  await looking;
  await stream.return();
  expect(await next).toEqual({ done: true, value: undefined });
});

test('what else goes wrong ends it', async () => {
  const moves = new HeadMovePublisher();
  const stream = await openStream(following(moves), async () => ({
    look: async () => {
      throw new TendrilError('NOT_FOUND', 'There is none.');
    },
  }));
  moves.publish({ since: 0, revision: 1 });
  await expect(stream.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
