import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Operation } from '../../../src/api/operation/operation.js';
import { type Collected, collect } from '../../../src/cli/radii/collect.js';
import { radiusReport } from '../../../src/cli/radii/report.js';
import { ROLES } from '../../../src/model/roles.js';
import { HR } from '../../api/company.js';
import { TestService } from '../../api/service.js';

let service: TestService;
let collected: Collected;
beforeAll(async () => {
  service = await TestService.start({}, [HR]);
  const viewer = { subject: 'test', roles: ROLES, signedInBy: 'test' };
  const operation = new Operation(service.tendril, { viewer, requestId: 'test' });
  collected = await collect(await operation.moment(), 'hr:ada', { limit: 10, alike: 4 });
});
afterAll(() => service.stop());

const whole = (more: Partial<Collected>) =>
  radiusReport({ ...collected, ...more }, { width: undefined, colour: false })
    .find((line) => line.startsWith('As of'))
    ?.replace(/^.*revision 1\. /, '');

test('claims no more than that nothing the sources report was left out', () => {
  expect(whole({})).toBe('Complete: nothing that the sources report was left out.');
});

test('says what was left out, where something was', () => {
  expect(whole({ incompleteBecause: 'Half of it; ask again.' })).toBe('Not complete: Half of it; ask again.');
});
