import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROLES, type Role } from '../../../src/model/roles.js';
import { CODE, HR } from '../../api/company.js';
import { at, TestService } from '../../api/service.js';
import { root } from '../../house/files.js';
import { Listener, untilSubscribed } from './listener.js';

const golden = readFileSync(join(root, 'test/api/authorisation.golden.txt'), 'utf8');
const rolesFor = (field: string): Role[] => {
  const line = new RegExp(`^Subscription\\.${field}: (.*)$`, 'm').exec(golden)?.[1] ?? '';
  return ROLES.filter((role) => line.split(' ').includes(role));
};

let service: TestService;
let id = '';
beforeAll(async () => {
  service = await TestService.start({}, [HR]);
  const plan = `mutation { planOffboarding(input: { human: "hr:ada", reason: "she leaves" }) { offboarding { id } } }`;
  id = String(at(await service.data(plan, { role: 'PLANNER' }), 'planOffboarding.offboarding.id'));
});
afterAll(() => service.stop());

const ASKED: Readonly<Record<string, () => string>> = {
  graphChanged: () => 'graphChanged { revision entities }',
  auditEventAdded: () => 'auditEventAdded { type subject }',
  offboardingProgress: () => `offboardingProgress(id: "${id}") { state done total }`,
};

describe.each(Object.keys(ASKED))('%s', (field) => {
  const may = rolesFor(field);

  test.each(ROLES)(`is told to those who may hear it, and to nobody else: %s`, async (role) => {
    const listener = new Listener(service.url, service.headers(role).authorization);
    try {
      const told = listener.hear(`subscription { ${ASKED[field]!()} }`).next();
      if (may.includes(role)) {
        await untilSubscribed(service.url, 1);
        await service.import(await nextOf(service));
        expect(await told).toMatchObject({ data: { [field]: expect.any(Object) } });
      } else {
        expect(await told).toEqual({
          errors: [expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })],
        });
      }
    } finally {
      await listener.stop();
      await untilSubscribed(service.url, 0);
    }
  });
});

/** A snapshot that changes something, whatever there is by now. */
async function nextOf({ tendril }: TestService) {
  const { revision } = await tendril.store.head();
  const entities = [{ kind: 'App', id: `code:app-${revision}`, name: 'new' }];
  return { ...CODE, mode: 'delta', entities, relationships: [] };
}
