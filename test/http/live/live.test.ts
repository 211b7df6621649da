import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { CLOSE } from '../../../src/http/live/close-codes.js';
import type { Role } from '../../../src/model/roles.js';
import { CODE, HR } from '../../api/company.js';
import { at, TestService } from '../../api/service.js';
import { textOf } from '../../house/files.js';
import { type Closed, Listener, untilSubscribed } from './listener.js';

const CHANGED = 'subscription { graphChanged { revision since at entities relationships } }';
const PROTOCOL = 'graphql-transport-ws';
const AUDIT = 'subscription { auditEventAdded { seq type revision subject hash } }';

let service: TestService;
let listeners: Listener[] = [];

beforeAll(async () => {
  service = await TestService.start({}, [HR]);
});
afterEach(async () => {
  await Promise.all(listeners.map((listener) => listener.stop()));
  listeners = [];
});
afterAll(() => service.stop());

function listener(role: Role | null, lazy = true): Listener {
  const made = new Listener(service.url, service.headers(role).authorization, lazy);
  listeners.push(made);
  return made;
}

/** A WebSocket that says what it is told to, and how it ended. */
function raw(protocol = 'graphql-transport-ws', headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, protocol, { headers });
  const heard: Record<string, unknown>[] = [];
  socket.on('message', (text) => heard.push(JSON.parse(String(text)) as Record<string, unknown>));
  const closed = new Promise<Closed>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    socket.once('error', (error) => resolve({ code: 0, reason: error.message }));
  });
  const open = new Promise<void>((resolve) => socket.once('open', () => resolve()));
  return { socket, heard, closed, open, say: (message: unknown) => socket.send(JSON.stringify(message)) };
}

const init = (role: Role) => ({ type: 'connection_init', payload: service.headers(role) });

describe('subscriptions', () => {
  test('publish a change of the graph, and its audit event, to viewers with the roles for it', async () => {
    const changes = listener('VIEWER').hear(CHANGED);
    const events = listener('AUDITOR').hear(AUDIT);
    const heard = [changes.next(), events.next()] as const;
    await untilSubscribed(service.url, 2);
    const revision = await service.import(CODE);
    const [change, event] = await Promise.all(heard);
    expect(at(change, 'data.graphChanged')).toMatchObject({
      revision: String(revision),
      since: String(revision - 1),
      entities: CODE.entities.length,
    });
    expect(at(event, 'data.auditEventAdded')).toMatchObject({
      type: 'SNAPSHOT_IMPORTED',
      revision: String(revision),
      subject: 'test',
    });
    changes.stop();
    events.stop();
    await untilSubscribed(service.url, 0);
  });

  test('are refused to roles that may not hear of it', async () => {
    const refused = await listener('VIEWER').hear(AUDIT).next();
    expect(at(refused, 'errors.0.extensions.code')).toBe('FORBIDDEN');
    const unknown = listener('VIEWER').hear('subscription { offboardingProgress(id: "nobody") { done } }');
    expect(at(await unknown.next(), 'errors.0.extensions.code')).toBe('NOT_FOUND');
  });

  test.each([
    ['{ viewer { subject } }', 'BAD_INPUT', /Only subscriptions/],
    [
      'subscription { graphChange { at } }',
      'BAD_INPUT',
      /^Cannot query field "graphChange" on type "Subscription"\.$/,
    ],
    ['subscription { graphChanged { at ', 'BAD_INPUT', /Syntax Error/],
    [`subscription { graphChanged { ${'at '.repeat(5000)} } }`, 'LIMIT_EXCEEDED', /words and signs/],
    [
      `subscription { graphChanged { ${Array.from({ length: 101 }, (_, i) => `a${i}: at`).join(' ')} } }`,
      'LIMIT_EXCEEDED',
      /renamed fields/,
    ],
  ])('are held to the rules of every operation: %.40s', async (query, code, message) => {
    const errors = await listener('VIEWER')
      .hear(query)
      .next()
      .then(
        () => [],
        (thrown: unknown) => thrown as { message: string; extensions: { code: string } }[],
      );
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code } });
  });
});

describe('a connection', () => {
  test('is closed with codes that the page on subscriptions explains', () => {
    const text = textOf('docs/using/subscriptions.md');
    for (const code of Object.values(CLOSE))
      expect(text).toMatch(new RegExp(`^\\| ([\\d, ]+, )?${code}[ ,]`, 'm'));
  });

  test('signs in by the header of its request, too', async () => {
    const { open, say, heard, socket, closed } = raw('graphql-transport-ws', service.headers('VIEWER'));
    await open;
    say({ type: 'connection_init' });
    await new Promise((resolve) => socket.once('message', resolve));
    expect(heard).toEqual([{ type: 'connection_ack' }]);
    socket.close();
    await closed;
  });

  test('that does not sign in is closed with a reason', async () => {
    expect(await listener(null, false).closed).toEqual({
      code: 4401,
      reason: expect.stringMatching(/^Sign in: send connection_init /),
    });
  });

  test('that asks before it signed in is closed', async () => {
    const { open, say, closed } = raw();
    await open;
    say({ type: 'subscribe', id: '1', payload: { query: CHANGED } });
    expect(await closed).toMatchObject({ code: 4401 });
  });

  test('speaks the protocol or is closed', async () => {
    const other = raw('graphql-ws');
    expect((await other.closed).code).not.toBe(1000);
    const unreadable = raw();
    await unreadable.open;
    unreadable.socket.send('{');
    expect(await unreadable.closed).toMatchObject({ code: 4400 });
    const reversed = raw();
    await reversed.open;
    reversed.say({ type: 'next', id: '1', payload: {} });
    expect(await reversed.closed).toMatchObject({ code: 4400 });
    expect(service.logged.join('')).not.toContain('masked an internal error');
    const large = raw();
    await large.open;
    large.socket.send('x'.repeat(service.tendril.limits.liveMessageBytes + 1));
    expect(await large.closed).toMatchObject({ code: 1009 });
  });

  test('of a page elsewhere, or to another place, never begins', async () => {
    const foreign = raw('graphql-transport-ws', { origin: 'https://elsewhere.example' });
    expect((await foreign.closed).reason).toMatch(/403/);
    const refusals = [
      ['/graphql', { origin: 'https://elsewhere.example' }, 403, 'FORBIDDEN', 'TENDRIL_CORS_ORIGINS'],
      ['/import', {}, 404, 'NOT_FOUND', 'at /graphql'],
    ] as const;
    for (const [path, headers, status, code, todo] of refusals) {
      const socket = new WebSocket(`${service.url.replace('http', 'ws')}${path}`, PROTOCOL, { headers });
      const answer = await new Promise<IncomingMessage>((resolve) =>
        socket.once('unexpected-response', (_request, response) => resolve(response)),
      );
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        status,
        'application/json; charset=utf-8',
      ]);
      const { error } = JSON.parse(Buffer.concat(chunks).toString()) as {
        error: { code: string; message: string };
      };
      expect([error.code, error.message]).toEqual([code, expect.stringContaining(todo)]);
    }
  });

  test('that asks for ten thousand subscriptions is closed, and others go on', async () => {
    const { open, say, closed, socket } = raw();
    await open;
    say(init('VIEWER'));
    await new Promise((resolve) => socket.once('message', resolve));
    for (let id = 0; id < 10_000; id += 1) {
      say({ type: 'subscribe', id: `${id}`, payload: { query: CHANGED } });
    }
    expect(await closed).toMatchObject({ code: 4429 });
    await untilSubscribed(service.url, 0);
    expect(await service.data('{ __typename }')).toEqual({ __typename: 'Query' });
  });
});
