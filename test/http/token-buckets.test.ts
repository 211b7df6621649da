import { describe, expect, test } from '@jest/globals';
import { TokenBuckets } from '../../src/http/token-buckets.js';
import { TestService } from '../api/service.js';
import { untilSo } from '../support/until.js';

describe('a token bucket', () => {
  test('is so many at once, and then so many a minute, for each by itself', () => {
    let now = 0;
    const buckets = new TokenBuckets(6, () => now);
    const six = Array.from({ length: 6 }, () => buckets.take('ada'));
    expect([six, buckets.take('ada'), buckets.wait('bob')]).toEqual([[0, 0, 0, 0, 0, 0], 10, 0]);
    now = 9_000;
    expect(buckets.take('ada')).toBe(1);
    now = 10_000;
    expect([buckets.take('ada'), buckets.take('ada')]).toEqual([0, 10]);
    now = 3_600_000;
    expect(Array.from({ length: 7 }, () => buckets.take('ada'))).toEqual([0, 0, 0, 0, 0, 0, 10]);
  });

  test('drops the bucket that was used longest ago, and not the one in use', () => {
    const buckets = new TokenBuckets(1, () => 0);
    expect(buckets.take('ada')).toBe(0);
    for (let at = 0; at < 9_999; at += 1) buckets.take(String(at));
    expect(buckets.take('ada')).toBe(60);
    for (let at = 0; at < 10_000; at += 1) buckets.take(`other ${at}`);
    expect(buckets.take('ada')).toBe(0);
  });
});

const ASK = JSON.stringify({ query: '{ viewer { subject } }' });

/** What one request is answered: status, the header, and the error. */
async function ask(service: TestService, headers: Record<string, string>) {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: ASK,
  });
  const { errors } = (await response.json()) as { errors?: { extensions: Record<string, unknown> }[] };
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, retryAfter, told: errors?.[0]?.extensions };
}

describe('a subject', () => {
  test('that asks too often is told when to ask again, and other subjects are not limited', async () => {
    const service = await TestService.start({ limits: { requestsPerMinute: 3 } });
    try {
      const answers = [];
      for (let at = 0; at < 4; at += 1) answers.push(await ask(service, service.headers('VIEWER')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
      const [, , , late] = answers;
      const seconds = Number(late?.retryAfter);
      expect(seconds).toBeGreaterThan(0);
      expect(late?.told).toEqual({
        code: 'RATE_LIMITED',
        limit: 'requestsPerMinute',
        value: 3,
        retryAfter: seconds,
      });
      expect((await ask(service, service.headers('PLANNER'))).status).toBe(200);
    } finally {
      await service.stop();
    }
  });

  test('that has too many requests at one time is refused until one of them is done', async () => {
    let letGo = () => {};
    let reached = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const there = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const service = await TestService.start({
      limits: { requestsAtOnce: 1 },
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
      const first = service.ask('{ entities { totalCount } }');
      expect(await Promise.race([there, first])).toBeUndefined();
      const second = await ask(service, service.headers('VIEWER'));
      expect(second).toMatchObject({ status: 429, retryAfter: '1', told: { limit: 'requestsAtOnce' } });
      expect((await ask(service, service.headers('PLANNER'))).status).toBe(200);
      letGo();
      expect((await first).errors).toEqual([]);
      // The answer is here before the service has put it away.
      await untilSo(async () => (await ask(service, service.headers('VIEWER'))).status !== 429);
    } finally {
      letGo();
      await service.stop();
    }
  });
});

describe('an address', () => {
  test('that fails to sign in too often is refused, and a caller with a token that was valid goes on', async () => {
    const service = await TestService.start({ limits: { failedSignInsPerMinute: 2 } });
    try {
      const known = service.headers('VIEWER');
      expect((await ask(service, known)).status).toBe(200);
      const failed = [];
      for (let at = 0; at < 3; at += 1) failed.push(await ask(service, { authorization: `Bearer no${at}` }));
      expect(failed.map(({ status }) => status)).toEqual([401, 401, 429]);
      expect(failed[2]?.told).toMatchObject({ code: 'RATE_LIMITED', limit: 'failedSignInsPerMinute' });
      expect(Number(failed[2]?.retryAfter)).toBeGreaterThan(0);
      expect((await ask(service, known)).status).toBe(200);
      // Not even when it is the first time that this one is heard of.
      expect((await ask(service, service.headers('PLANNER'))).status).toBe(200);
      expect((await ask(service, {})).status).toBe(401);
    } finally {
      await service.stop();
    }
  });
});
