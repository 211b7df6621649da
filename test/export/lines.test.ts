import { expect, test } from '@jest/globals';
import { dayOf, document, exported, importDocuments, importText, withStore } from '../import/support.js';

const entities = [
  {
    kind: 'Token',
    id: 'ü/token',
    expiresAt: '2026-07-01',
    scopes: ['b', 'a'],
    family: 'f',
    lastUsedAt: dayOf(2),
  },
  {
    kind: 'Resource',
    id: 'a/repo',
    name: 'Repo',
    status: 'RETIRED',
    externalId: '7',
    attributes: { z: 1, a: { c: [2], b: null } },
  },
  { kind: 'Account', id: 'Z/ada', createdAt: '2026-01-02T03:04:05+01:00', managed: false, attributes: {} },
  { kind: 'Job', id: 'a/job' },
] as const;
const relationships = [
  { type: 'CAN_ACCESS', from: 'Z/ada', to: 'a/repo', permission: 'WRITE', scopes: ['push'] },
  {
    type: 'CAN_ACCESS',
    from: 'Z/ada',
    to: 'a/repo',
    permission: 'ADMIN',
    startedAt: '2026-03-01',
    evidence: 'maintain',
  },
  { type: 'DEFINED_IN', from: 'a/job', to: 'a/repo' },
  { type: 'USES', from: 'a/job', to: 'ü/token', required: false },
  { type: 'KNOWS', from: 'Z/ada', to: 'ü/token', how: 'READ', lastReadAt: dayOf(3) },
] as const;
const source = {
  id: 'it:acme/1',
  vendor: 'it',
  name: 'IT',
  syncedAt: dayOf(4),
  actuation: 'SIMULATED',
  reports: ['Token', 'Account'],
};

const LINES = `{"source":{"id":"it:acme/1","vendor":"it","name":"IT","syncedAt":"2026-05-04T00:00:00.000Z","actuation":"SIMULATED","reports":["Account","Token"]},"mode":"full"}
{"entity":{"kind":"Account","id":"Z/ada","name":"Z/ada","status":"ACTIVE","createdAt":"2026-01-02T02:04:05.000Z","managed":false}}
{"entity":{"kind":"Job","id":"a/job","name":"a/job","status":"ACTIVE","criticality":"UNKNOWN","approval":"UNKNOWN"}}
{"entity":{"kind":"Resource","id":"a/repo","name":"Repo","status":"RETIRED","externalId":"7","personal":false,"attributes":{"a":{"b":null,"c":[2]},"z":1}}}
{"entity":{"kind":"Token","id":"ü/token","name":"ü/token","status":"ACTIVE","lastUsedAt":"2026-05-02T00:00:00.000Z","family":"f","scopes":["b","a"],"expiresAt":"2026-07-01T00:00:00.000Z","selfContained":false}}
{"relationship":{"type":"CAN_ACCESS","from":"Z/ada","to":"a/repo","permission":"ADMIN","startedAt":"2026-03-01T00:00:00.000Z","evidence":"maintain"}}
{"relationship":{"type":"CAN_ACCESS","from":"Z/ada","to":"a/repo","permission":"WRITE","scopes":["push"]}}
{"relationship":{"type":"DEFINED_IN","from":"a/job","to":"a/repo","needs":"WRITE"}}
{"relationship":{"type":"KNOWS","from":"Z/ada","to":"ü/token","how":"READ","lastReadAt":"2026-05-03T00:00:00.000Z"}}
{"relationship":{"type":"USES","from":"a/job","to":"ü/token","required":false}}
`;

test('an export is every entity and open relationship, sorted, in one form', async () => {
  await withStore(async (store) => {
    await importDocuments(store, [{ ...document('', 4, entities, relationships), source }]);
    expect(await exported(store)).toEqual({ 'it:acme/1': LINES });
    await withStore(async (other) => {
      await importText(other, [LINES]);
      expect(await exported(other)).toEqual({ 'it:acme/1': LINES });
    });
  });
});

test('an export speaks of the revision asked for, each source with its own claims', async () => {
  await withStore(async (store) => {
    await importDocuments(store, [{ ...document('', 4, entities, relationships), source }]);
    const uses = { type: 'USES', from: 'a/job', to: 'ü/token', evidence: 'seen' } as const;
    await importDocuments(store, [document('b', 5, [{ kind: 'Group', id: 'g' }], [uses])]);
    expect(await exported(store, 1)).toEqual({ 'it:acme/1': LINES });
    const both = await exported(store, 2);
    expect(Object.keys(both)).toEqual(['b', 'it:acme/1']);
    expect(both['it:acme/1']).toBe(LINES);
    expect(both.b).toContain('"required":true,"evidence":"seen"');
  });
});
