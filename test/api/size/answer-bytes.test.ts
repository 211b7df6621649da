import { afterEach, expect, test } from '@jest/globals';
import { bytesIn } from '../../../src/api/size/answer-bytes.js';
import { HeldStore } from '../../http/held-store.js';
import { Listener, untilSubscribed } from '../../http/live/listener.js';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';
import { only } from '../trusted/only.js';

const MOST = 3000;
const LARGE = 2000;
const AT = '2026-01-01T00:00:00.000Z';

/** Two things of which an answer has room for one. */
const LONG = {
  source: { id: 'long:acme', syncedAt: AT },
  mode: 'full',
  entities: ['a', 'b'].map((name) => ({
    kind: 'Resource',
    id: `long:${name}`,
    name: name.repeat(LARGE),
    attributes: { text: 'é'.repeat(LARGE / 2) },
  })),
  relationships: [],
};

let service: TestService;
afterEach(() => service.stop());

type Started = Parameters<typeof TestService.start>;
async function start(instead: Started[0] = {}, more: Started[3] = {}): Promise<void> {
  service = await TestService.start(
    { limits: { answerBytes: MOST }, ...instead },
    [HR, CODE, LONG],
    null,
    more,
  );
}

const TOO_LONG = { code: 'LIMIT_EXCEEDED', limit: 'answerBytes', value: MOST };
const both = (field: string) =>
  `{ a: entity(id: "long:a") { ${field} } b: entity(id: "long:b") { ${field} } }`;

test.each(['attributes', 'name'])('one answer has room for one long %s, and none for two', async (field) => {
  await start();
  const one = both(field).replace('long:b', 'hr:ada');
  expect((await service.ask(one)).errors).toEqual([]);
  const { status, data, errors } = await service.ask(both(field));
  expect([status, data, errors.map(({ extensions }) => extensions)]).toEqual([200, null, [TOO_LONG]]);
  expect(errors[0]?.message).toMatch(/^More than 3000 bytes .*Ask for smaller pages or fewer fields\.$/);
});

test('an answer that is too long is said once, and no more pages are read for it', async () => {
  const held = new HeldStore();
  await start({ around: held.around });
  await service.tendril.aggregates.stop();
  const before = held.count('list');
  const pages = [1, 2, 3, 4].map(
    (n) => `p${n}: entities(filter: { sources: ["long:acme"] }) { nodes { attributes externalId } }`,
  );
  const { data, errors } = await service.ask(`{ nodes(ids: ["none"]) { id } ${pages.join(' ')} }`);
  expect([data, errors.map(({ extensions }) => extensions)]).toEqual([null, [TOO_LONG]]);
  expect(held.count('list') - before).toBe(1);
});

test('what a gateway asks for by representations has the same room', async () => {
  await start({}, { federation: true });
  const asked = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resource { attributes } } }';
  const of = (...ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Resource', id })) });
  expect((await service.ask(asked, { variables: of('long:a') })).errors).toEqual([]);
  const { data, errors } = await service.ask(asked, { variables: of('long:a', 'long:b') });
  expect([data, errors.map(({ extensions }) => extensions)]).toEqual([null, [TOO_LONG]]);
});

test('a mutation whose answer is too long says that it was done', async () => {
  await start();
  const plan = (name: string, human: string) =>
    `${name}: planOffboarding(input: { human: "${human}", reason: "${'x'.repeat(LARGE)}" }) { offboarding { plannedBy { reason again: reason } } }`;
  const { data, errors } = await service.ask(`mutation { ${plan('a', 'hr:bob')} ${plan('b', 'hr:ada')} }`, {
    role: 'PLANNER',
  });
  expect([data, errors.map(({ extensions }) => extensions)]).toEqual([null, [TOO_LONG]]);
  expect(errors[0]?.message).toMatch(/has been changed, and the rest has not/);
  const cases = await service.data('{ offboardings { nodes { human { id } } } }');
  expect(at(cases, 'offboardings.nodes')).toEqual([{ human: { id: 'hr:bob' } }]);
});

test('each message of a subscription has the same room', async () => {
  await start();
  const listener = new Listener(service.url, service.headers('AUDITOR').authorization);
  const events = listener.hear('subscription { auditEventAdded { seq reason } }');
  const heard = events.next();
  await untilSubscribed(service.url, 1);
  const plan = (human: string, reason: string) =>
    service.data('mutation ($i: PlanOffboardingInput!) { planOffboarding(input: $i) { revision } }', {
      role: 'PLANNER',
      variables: { i: { human, reason } },
    });
  await plan('hr:bob', 'x'.repeat(LARGE));
  expect(at(await heard, 'data.auditEventAdded.reason')).toHaveLength(LARGE);
  const third = events.next();
  await plan('hr:ada', '語'.repeat(LARGE));
  const { data, errors } = (await third) as { data: unknown; errors: { extensions: unknown }[] };
  expect([data, errors.map(({ extensions }) => extensions)]).toEqual([null, [TOO_LONG]]);
  // One that was too long is no reason to hear nothing more.
  const fourth = events.next();
  await plan('hr:dan', 'x');
  expect(at(await fourth, 'data.auditEventAdded.reason')).toBe('x');
  await listener.stop();
});

test('an answer that is not given has no name by which it could be kept', async () => {
  await start({}, { trusted: only({ both: both('attributes') }) });
  const response = await fetch(`${service.url}/graphql?documentId=both`, {
    headers: service.headers('VIEWER'),
  });
  expect(response.headers.get('etag')).toBeNull();
  expect(at(await response.json(), 'errors.0.extensions')).toEqual(TOO_LONG);
});

test('length is that of what is sent, about', () => {
  const values = ['', 'é', '語', { a: [1, true, null, 'text'], ключ: { b: '𝄞' } }];
  for (const value of values) {
    const written = Buffer.byteLength(JSON.stringify(value));
    expect(bytesIn(value)).toBeGreaterThanOrEqual(written - 2);
    expect(bytesIn(value)).toBeLessThanOrEqual(written * 3);
  }
});
