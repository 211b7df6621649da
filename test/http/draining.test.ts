import { expect, test } from '@jest/globals';
import { TestService } from '../api/service.js';

test('a service that is about to stop answers what runs, and begins nothing new', async () => {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reached = () => {};
  const there = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const service = await TestService.start({
    around: (store) =>
      new Proxy(store, {
        get(target, name) {
          const value = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          if (name !== 'list') return value.bind(target);
          return async (...args: unknown[]) => {
            reached();
            await gate;
            return value.apply(target, args);
          };
        },
      }),
  });
  try {
    const post = (query: string) =>
      fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...service.headers('VIEWER') },
        body: JSON.stringify({ query }),
      });
    const running = post('{ entities { totalCount } }');
    await there;
    service.drain();
    const late = await post('{ viewer { subject } }');
    expect([
      late.status,
      late.headers.get('connection'),
      Number(late.headers.get('retry-after')) > 0,
    ]).toEqual([503, 'close', true]);
    expect(await late.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    letGo();
    const answer = await running;
    expect([answer.status, answer.headers.get('connection'), await answer.json()]).toEqual([
      200,
      'close',
      { data: { entities: { totalCount: 0 } } },
    ]);
  } finally {
    letGo();
    await service.stop();
  }
});
