import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const IMPORT = `mutation ($input: ImportSnapshotInput!) { importSnapshot(input: $input) {
  revision created updated ended unchanged skipped { row field rule message } overtaken } }`;

const send = (input: Record<string, unknown>) =>
  service.ask(IMPORT, { role: 'IMPORTER', variables: { input } });

describe('importSnapshot', () => {
  test('says what it came to, and is seen by whoever asks next', async () => {
    const { data } = await send({ snapshot: HR });
    expect(data).toEqual({
      importSnapshot: {
        revision: '1',
        created: 6,
        updated: 0,
        ended: 0,
        unchanged: 0,
        skipped: [],
        overtaken: [],
      },
    });
    const headers = { 'tendril-at-least-revision': '1' };
    expect(await service.data('{ entities { totalCount } }', { headers })).toEqual({
      entities: { totalCount: 5 },
    });
  });

  test('changes nothing when it comes again', async () => {
    const { data } = await send({ snapshot: HR });
    expect(data).toEqual({
      importSnapshot: {
        revision: '1',
        created: 0,
        updated: 0,
        ended: 0,
        unchanged: 6,
        skipped: [],
        overtaken: [],
      },
    });
  });

  test('says that it was read before what is here already, which stands', async () => {
    const older = { ...HR.source, syncedAt: '2025-12-01T00:00:00.000Z' };
    const [ada, ...others] = HR.entities;
    const { data } = await send({
      snapshot: { ...HR, source: older, entities: [{ ...ada, name: 'Older' }, ...others] },
    });
    expect(data).toEqual({
      importSnapshot: {
        // That all were there earlier is new.
        revision: '2',
        created: 0,
        updated: 0,
        ended: 0,
        unchanged: 6,
        skipped: [],
        overtaken: ['hr:acme'],
      },
    });
    expect(await service.data('{ human(id: "hr:ada") { name } }')).toEqual({
      human: { name: 'Ada Lovelace' },
    });
  });

  test('is refused whole, with every problem', async () => {
    const bad = {
      ...CODE,
      relationships: [...CODE.relationships, { type: 'OWNS', from: 'nobody', to: 'code:app' }],
    };
    const { data, errors } = await send({ snapshot: bad });
    expect(data).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({
      code: 'SNAPSHOT_REFUSED',
      problemCount: 1,
      problems: [{ rule: 'DANGLING_END', field: 'from' }],
    });
    expect(await service.data('{ entities { totalCount } }')).toEqual({ entities: { totalCount: 5 } });
  });

  test('leaves dangling relationships out where that is asked for, and lists them', async () => {
    const bad = {
      ...CODE,
      relationships: [...CODE.relationships, { type: 'OWNS', from: 'nobody', to: 'code:app' }],
    };
    const { data, errors } = await send({ snapshot: bad, dangling: 'SKIP', force: true });
    expect(errors).toEqual([]);
    expect(at(data, 'importSnapshot.skipped.0')).toMatchObject({ rule: 'DANGLING_END' });
    expect(at(data, 'importSnapshot.created')).toBe(29);
  });

  test('says whose it is in the audit log, with the request', async () => {
    const [first] = await service.tendril.store.journal.auditEvents({ limit: 1 });
    expect(first?.actor).toMatchObject({ subject: 'importer', signedInBy: 'static-token' });
    expect(service.logged.some((line) => line.includes(first?.actor.requestId ?? 'none'))).toBe(true);
  });
});
