import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../../import/support.js';
import { importAt, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { executing, run } from '../execute/carry-out.js';
import { departure, entity, later, link } from '../execute/departure.js';
import { done, Outside } from '../execute/outside.js';

const HEAD = Number.MAX_SAFE_INTEGER;
const AFTER = '2026-11-23T09:30:00.000Z';
const LATER = '2026-11-23T09:45:00.000Z';

/** What the source calls the consent that the case had it make. */
const CALLED = { externalId: 'consent-2' };

/** Ada's case is over; its source said what it calls the new consent, and not what it calls who gave it. */
async function afterCase(work: (caseContext: TestCaseContext) => Promise<void>): Promise<void> {
  const outside = new Outside(({ kind }) => (kind === 'PROVISION_GRANT' ? { ...done, ...CALLED } : done));
  await withCaseContext(
    departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
    async (caseContext) => {
      const { id } = await executing(caseContext);
      expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
      caseContext.clock.moveTo('2026-11-23T10:00:00.000Z');
      await work(caseContext);
    },
    { actuators: outside.actuators },
  );
}

/** The new consent as its source reports it: given by a robot of its own name. */
const consent = entity('Grant', 'it/consent-2', { ...CALLED, grantType: 'DELEGATED', scopes: ['read'] });
const robots = ['it/robot', 'it/another'].map((id) => entity('ServiceIdentity', id));
const reported = (giver: string, app = 'reader') => [
  link('GRANTED', giver, 'it/consent-2'),
  link('TO_APP', 'it/consent-2', app),
];

/** What ends at the new consent or begins there, by type. */
async function endsOf(caseContext: TestCaseContext): Promise<Record<string, string[]>> {
  const list = { search: 'tendril/Grant', now: caseContext.clock.now(), limit: 10 } as const;
  const [grant] = (await caseContext.store.list({ ...list, order: { field: 'ID', direction: 'ASC' } }, HEAD))
    .entities;
  const id = grant?.id as string;
  expect(grant).toMatchObject(CALLED);
  const [into, out] = await caseContext.store.relationshipsOf(
    [
      { id, direction: 'IN', types: ['GRANTED'], limit: 10 },
      { id, direction: 'OUT', types: ['TO_APP'], limit: 10 },
    ],
    HEAD,
  );
  return {
    GRANTED: into?.relationships.map(({ fromId }) => fromId) ?? [],
    TO_APP: out?.relationships.map(({ toId }) => toId) ?? [],
  };
}

describe('a consent that a case had made and its source reports', () => {
  test('is granted by whom its source says, where the case knows who gave it by no name of the source', () =>
    afterCase(async (caseContext) => {
      expect(await endsOf(caseContext)).toEqual({
        GRANTED: [expect.stringContaining('tendril/ServiceIdentity/')],
        TO_APP: ['reader'],
      });
      await importAt(caseContext, [later('it', [consent, ...robots], reported('it/robot'), AFTER)]);
      expect(await endsOf(caseContext)).toEqual({ GRANTED: ['it/robot'], TO_APP: ['reader'] });
      const { revision } = await caseContext.store.head();
      await importAt(caseContext, [later('it', [consent, ...robots], reported('it/robot'), AFTER)]);
      expect((await caseContext.store.head()).revision).toBe(revision);
    }));

  test('is for the app that its source says', () =>
    afterCase(async (caseContext) => {
      const moved = entity('App', 'it/reader-2');
      await importAt(caseContext, [
        later('it', [consent, moved, ...robots], reported('it/robot', 'it/reader-2'), AFTER),
      ]);
      expect(await endsOf(caseContext)).toEqual({ GRANTED: ['it/robot'], TO_APP: ['it/reader-2'] });
    }));

  test('has one giver still, by the word of its source', () =>
    afterCase(async (caseContext) => {
      await importAt(caseContext, [later('it', [consent, ...robots], reported('it/robot'), AFTER)]);
      const second = later('it', [consent], [link('GRANTED', 'it/another', 'it/consent-2')], LATER);
      expect(await problemsOf(importAt(caseContext, [second]))).toMatchObject([{ rule: 'GRANT_ENDS' }]);
    }));
});
