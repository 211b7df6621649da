import { describe, expect, test } from '@jest/globals';
import { convertOktaUsers } from '../../../src/sources/okta/convert-users.js';
import { expectSound } from '../invariants.js';

/** As Okta's `/api/v1/users` answers. */
const user = (id: string, login: string, status: string, more: object = {}) => ({
  id,
  status,
  created: '2024-06-05T15:49:37.000Z',
  activated: '2024-06-05T15:49:37.000Z',
  lastLogin: null,
  type: { id: 'otyfnly5cQjJT9PnR0g4' },
  profile: { firstName: 'Ada', lastName: 'Hale', email: login, login, mobilePhone: null },
  credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
  _links: { self: { href: `https://acme.okta.com/api/v1/users/${id}` } },
  ...more,
});

const OPTIONS = { source: 'okta:acme', syncedAt: '2026-11-23T09:00:00.000Z' };
const convert = (text: string) => convertOktaUsers('users.json', text, OPTIONS);

describe("a list of Okta's users", () => {
  test('becomes accounts; who is suspended or deprovisioned cannot sign in', async () => {
    const pages = [
      [
        user('00u1', 'ada@acme.example', 'ACTIVE', { lastLogin: '2026-11-20T07:12:00.000Z' }),
        user('00u2', 'bob@acme.example', 'LOCKED_OUT'),
      ],
      [user('00u3', 'eve@acme.example', 'SUSPENDED'), user('00u4', 'kim@acme.example', 'DEPROVISIONED')],
    ];
    const { document } = await convert(pages.map((page) => JSON.stringify(page)).join('\n'));
    expect(document.entities[0]).toEqual({
      kind: 'Account',
      id: 'okta:acme/user/00u1',
      externalId: '00u1',
      name: 'Ada Hale',
      login: 'ada@acme.example',
      status: 'ACTIVE',
      createdAt: '2024-06-05T15:49:37.000Z',
      lastUsedAt: '2026-11-20T07:12:00.000Z',
      attributes: { oktaStatus: 'ACTIVE', signInBy: 'OKTA' },
    });
    expect(document.entities.map(({ status }) => status)).toEqual([
      'ACTIVE',
      'ACTIVE',
      'DISABLED',
      'DISABLED',
    ]);
    expect(document.relationships).toContainEqual({
      type: 'HAS_ACCOUNT',
      from: { humanEmail: 'kim@acme.example' },
      to: 'okta:acme/user/00u4',
    });
    expect(document.couldNotRead?.[0]?.kinds).toEqual(expect.arrayContaining(['Token', 'Grant', 'Group']));
    expectSound(document);
  });

  test('may be CSV', async () => {
    const { document } = await convert(
      'User Id,Username,Primary email,Status,Last login\n00u1,ada,ada@acme.example,Password expired,\n',
    );
    expect(document.entities).toEqual([
      expect.objectContaining({ id: 'okta:acme/user/00u1', login: 'ada', status: 'ACTIVE' }),
    ]);
  });

  test.each([
    ['an unknown status', JSON.stringify([user('1', 'a@x.example', 'DANCING')]), 'UNKNOWN_STATUS'],
    [
      'somebody twice',
      JSON.stringify([user('1', 'a@x.example', 'ACTIVE'), user('1', 'a@x.example', 'ACTIVE')]),
      'TWICE',
    ],
    ['no status at all', '[{"profile":{"login":"a"}}]', 'NO_COLUMN'],
    ['half a page', '[{"id":"1"', 'NOT_JSON'],
    [
      'a time that is none',
      JSON.stringify([user('1', 'a@x.example', 'ACTIVE', { created: 'soon' })]),
      'NOT_A_TIME',
    ],
  ])('with %s is refused', async (_, text, rule) => {
    await expect(convert(text)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { problems: expect.arrayContaining([expect.objectContaining({ rule })]) },
    });
  });
});
