import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Operation } from '../../../src/api/operation/operation.js';
import { CODE, HR } from '../company.js';
import { TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

test('long work of an operation is done in pieces, and others have their turn before each', async () => {
  const viewer = { subject: 'viewer', roles: ['VIEWER'], signedInBy: 'test' } as const;
  const operation = new Operation(service.tendril, { viewer, requestId: randomUUID() });
  const order: string[] = [];
  let busy = true;
  const others = () => {
    order.push('others');
    if (busy) setImmediate(others);
  };
  const piece = (name: string) =>
    operation.inTurn(async () => {
      order.push(name);
      if (name === 'second') throw new Error('It went wrong.');
    });
  setImmediate(others);
  const done = await Promise.allSettled(['first', 'second', 'third'].map(piece));
  busy = false;
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order.filter((who, at) => who !== 'others' || order[at - 1] !== 'others')).toEqual([
    'others',
    'first',
    'others',
    'second',
    'others',
    'third',
  ]);
});

test('what is asked under many names is answered under each', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `a${at}`);
  const asked = names.map((name) => `${name}: accessPaths(from: "hr:ada", to: "code:repo") { length }`);
  const data = (await service.data(`{ ${asked.join(' ')} }`)) as Record<string, unknown>;
  expect(names.map((name) => data[name])).toEqual(Array(20).fill(data.a0));
});
