import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { CODE, HR } from '../../api/company.js';
import { TestService } from '../../api/service.js';
import { untilSubscribed } from './listener.js';

const LIMITS = { liveSubscriptions: 5, liveSubscriptionBytes: 2000 } as const;
const CHANGED = 'subscription { graphChanged { revision } }';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ limits: LIMITS }, [HR]);
});
afterAll(() => service.stop());

type Message = Readonly<Record<string, unknown>>;

/** Somebody who has signed in, and says what they like. */
async function liveClient() {
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const heard: Message[] = [];
  socket.on('message', (text) => heard.push(JSON.parse(String(text)) as Message));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const say = (message: Message) => socket.send(JSON.stringify(message));
  /** Says all of it in one piece, so that nothing has ended before the next is heard. */
  const sayAtOnce = (messages: readonly Message[]) => {
    const { _socket: line } = socket as unknown as { _socket: Socket };
    line.cork();
    messages.forEach(say);
    line.uncork();
  };
  /** Waits for messages until something is so. It says nothing meanwhile: messages are counted. */
  const until = async (isSo: () => boolean) => {
    while (!isSo()) {
      const message = new Promise<null>((resolve) => socket.once('message', () => resolve(null)));
      const code = await Promise.race([message, closed]);
      if (code !== null) throw new Error(`The connection was closed with ${code}.`);
    }
  };
  /** Waits until all that was said before has been heard. */
  const answered = async () => {
    const before = heard.length;
    say({ type: 'ping' });
    await until(() => heard.slice(before).some(({ type }) => type === 'pong'));
  };
  await new Promise((resolve) => socket.once('open', resolve));
  say({ type: 'connection_init', payload: service.headers('VIEWER') });
  await until(() => heard.length > 0);
  const leave = () => {
    socket.close();
    return closed;
  };
  return { say, sayAtOnce, heard, until, answered, leave };
}

const subscribe = (id: string, more: Message = {}): Message => ({
  type: 'subscribe',
  id,
  payload: { query: CHANGED, ...more },
});
const errorsIn = (heard: readonly Message[]) =>
  heard
    .filter(({ type }) => type === 'error')
    .map(({ id, payload }) => [id, (payload as { extensions: Message }[])[0]?.extensions ?? {}] as const);

describe('subscriptions that are open', () => {
  test('are counted also where an id is used again at once, and end with their connection', async () => {
    const { say, sayAtOnce, heard, until, answered, leave } = await liveClient();
    for (const id of ['a', 'b', 'c']) sayAtOnce([subscribe(id), { type: 'complete', id }, subscribe(id)]);
    await until(() => errorsIn(heard).length === 3);
    expect(errorsIn(heard).every(([, { code }]) => code === 'BAD_INPUT')).toBe(true);
    await untilSubscribed(service.url, 0);
    say(subscribe('last'));
    await untilSubscribed(service.url, 1);
    await service.import(CODE);
    const told = () => heard.filter(({ type }) => type === 'next');
    await until(() => told().some(({ id }) => id === 'last'));
    await answered();
    // As many hear of it as are counted.
    expect(told()).toHaveLength(1);
    await leave();
    await untilSubscribed(service.url, 0);
  });

  test('are asked with so many bytes and no more, variables that mean nothing included', async () => {
    const { say, heard, until, leave } = await liveClient();
    say(subscribe('first', { variables: { x: 'x'.repeat(1500) } }));
    say(subscribe('second', { variables: { x: 'x'.repeat(1500) } }));
    say(subscribe('third'));
    await until(() => errorsIn(heard).length > 0);
    await untilSubscribed(service.url, 2);
    expect(errorsIn(heard)).toEqual([
      ['second', { code: 'LIMIT_EXCEEDED', limit: 'liveSubscriptionBytes', value: 2000 }],
    ]);
    await leave();
    await untilSubscribed(service.url, 0);
    const again = await liveClient();
    again.say(subscribe('first', { variables: { x: 'x'.repeat(1500) } }));
    await again.answered();
    expect(errorsIn(again.heard)).toEqual([]);
    await again.leave();
  });
});
