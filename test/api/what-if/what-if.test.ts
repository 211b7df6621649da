import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

const rows = (...ids: string[]) => ({ nodes: ids.map((id) => ({ entity: { id } })) });
const SETS =
  'ended { nodes { entity { id } } } stops { nodes { entity { id } } } unanswered { nodes { entity { id } } }';

test('several tokens revoked at once: what ends with them, and what stops', async () => {
  const asked = `{ whatIf(changes: [{ entity: "code:token" }, { entity: "code:cleo-key" }]) { revision ${SETS} stillReached { totalCount } } }`;
  expect(await service.data(asked)).toEqual({
    whatIf: {
      revision: '2',
      ended: rows('code:cleo-key', 'code:mate', 'code:token'),
      stops: rows('code:job'),
      unanswered: rows(),
      stillReached: null,
    },
  });
});

test('somebody gone: what nobody answers for, and what somebody could still use', async () => {
  const asked = `{ whatIf(changes: [{ entity: "ada@acme.example" }], human: "hr:ada") { ${SETS}
    stillReached { totalCount nodes { entity { id } } } blindSpots { account { id } missing } selfContained { id } } }`;
  const { whatIf } = (await service.data(asked)) as { whatIf: Record<string, unknown> };
  expect(whatIf.stops).toEqual(rows('code:job'));
  expect(whatIf.unanswered).toEqual(rows('code:app', 'code:job'));
  expect(whatIf.selfContained).toEqual([]);
  expect(whatIf.blindSpots).toEqual([]);
  expect(whatIf.stillReached).toEqual({ totalCount: 0, nodes: [] });
});

test('one thing alone', async () => {
  const asked = `{ whatIf(changes: [{ entity: "code:token", alone: true }]) { ended { nodes { entity { id } } } } }`;
  expect(await service.data(asked)).toEqual({ whatIf: { ended: rows('code:token') } });
});

test('says what is wrong', async () => {
  expect(await service.code('{ whatIf(changes: []) { revision } }')).toBe('BAD_INPUT');
  expect(await service.code('{ whatIf(changes: [{ entity: "nothing" }]) { revision } }')).toBe('NOT_FOUND');
});
