import { describe, expect, test } from '@jest/globals';
import { convertAwsIam } from '../../../src/sources/aws-iam/convert.js';
import { expectSound } from '../invariants.js';
import {
  ACCOUNT,
  account,
  allow,
  arn,
  convert,
  group,
  id,
  policy,
  role,
  SYNCED_AT,
  user,
} from './made-up.js';

const ada = user('team/ada', [allow('s3:*'), allow('s3:GetObject', 'arn:aws:s3:::b/*')], {
  UserName: 'ada',
  GroupList: ['devs'],
  // The console names such a tag by the id of an access key; put together here, so that no file looks as if it had one.
  Tags: [
    { Key: 'team', Value: 'web' },
    { Key: `AKIA${'X'.repeat(16)}`, Value: 'laptop' },
  ],
});
const whole = {
  users: [ada, user('bob', [allow('iam:CreateAccessKey')])],
  groups: [group('devs', [allow('sqs:SendMessage', ['arn:aws:sqs:*:*:a*', 'arn:aws:sqs:*:*:ab'])])],
  roles: [
    role('ops', { AWS: [arn('root'), '999999999999'] }, [allow('*')], {
      RoleLastUsed: { LastUsedDate: '2025-02-03T04:05:06+01:00', Region: 'eu-west-1' },
    }),
  ],
  policies: [policy('unused', allow('*'))],
};

describe('the document', () => {
  test('names its source, what it looks for, and not Token', async () => {
    const { snapshot } = await convert(whole);
    expect(snapshot.source).toMatchObject({ id: `aws:${ACCOUNT}`, vendor: 'aws', syncedAt: SYNCED_AT });
    expect(snapshot.mode).toBe('full');
    expect(snapshot.source.reports).toContain('CAN_ASSUME');
    expect(snapshot.source.reports).not.toContain('Token');
  });

  test('writes users, groups and roles with their ARNs and times', async () => {
    const { entity } = await convert(whole);
    expect(entity('user/team/ada')).toEqual({
      kind: 'Account',
      id: id('user/team/ada'),
      name: 'ada',
      login: 'ada',
      status: 'ACTIVE',
      externalId: arn('user/team/ada'),
      createdAt: '2024-01-02T03:04:05.000Z',
      attributes: { account: ACCOUNT, tags: { team: 'web' } },
    });
    expect(entity('group/devs')).toMatchObject({ kind: 'Group', externalId: arn('group/devs') });
    expect(entity('role/ops')).toMatchObject({
      kind: 'ServiceIdentity',
      identityType: 'assumable role',
      lastUsedAt: '2025-02-03T03:05:06.000Z',
    });
  });

  test('is one the import can take', async () => {
    const { snapshot } = await convert(whole);
    expect(snapshot.relationships.length).toBeGreaterThan(8);
    expectSound(snapshot);
  });

  test('is the same to the byte, in whatever order the file has things', async () => {
    const turned = Object.fromEntries(Object.entries(whole).map(([key, list]) => [key, [...list].reverse()]));
    expect(JSON.stringify(await convert(turned))).toBe(JSON.stringify(await convert(whole)));
  });

  test('says what the input never has', async () => {
    const { missing, wide } = await convert(whole);
    for (const word of ['Access keys', 'Policies of resources', 'What runs in the account']) {
      expect(missing.join('\n')).toContain(word);
    }
    expect(wide.join('\n')).toContain('Service control policies');
  });

  test('what it does report is never said to be unread for all: it has to end when it is gone', async () => {
    const { snapshot, unread } = await convert(whole);
    const forAll = unread.filter(({ account: of }) => of === undefined).flatMap(({ kinds }) => kinds);
    expect(forAll.filter((kind) => snapshot.source.reports?.includes(kind))).toEqual([]);
  });

  test('takes policy documents as AWS itself sends them, URL-encoded', async () => {
    const encoded = encodeURIComponent(JSON.stringify({ Statement: allow('s3:GetObject') }));
    const { says } = await convert({
      users: [user('ada', [], { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: encoded }] })],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS READ service/s3']);
  });

  test('an ARN longer than an id may be is found by its hash', async () => {
    const long = `arn:aws:s3:::b/${'k'.repeat(600)}`;
    const { snapshot } = await convert({ users: [user('ada', [allow('s3:GetObject', long)])] });
    expectSound(snapshot);
    expect(snapshot.entities.find((one) => one.externalId === long)?.id).toMatch(
      /\/resource\/sha256:[0-9a-f]{64}$/,
    );
  });
});

describe('bad input', () => {
  const refusals: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', [], /^The input is not an object\. Give the unchanged output/],
    ['a list that is missing', { ...account({}), Policies: undefined }, /^Policies is not a list/],
    ['nobody in it', account({}), /has no user, group or role/],
    ['one page of several', { ...account(whole), IsTruncated: true }, /is one page of several/],
    [
      'a user without an ARN',
      account({ users: [{ ...ada, Arn: undefined }] }),
      /^UserDetailList\[0\]\.Arn is not a text/,
    ],
    [
      'the same user twice',
      account({ users: [ada, ada] }),
      /^UserDetailList\[1\]\.Arn .* is in the file twice/,
    ],
    [
      'a time that is none',
      account({ users: [{ ...ada, CreateDate: 'soon' }] }),
      /^UserDetailList\[0\]\.CreateDate is not a time/,
    ],
    [
      'an effect that is none',
      account({ users: [user('ada', [{ ...allow('*'), Effect: 'Maybe' }])] }),
      /^UserDetailList\[0\]\.UserPolicyList\[0\]\.PolicyDocument\.Statement\[0\]\.Effect is neither/,
    ],
  ];

  test.each(refusals)('%s is refused with the place and what to do', async (_, input, message) => {
    await expect(convertAwsIam(input, { syncedAt: SYNCED_AT })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message),
    });
  });

  test('a syncedAt that is no time is refused', async () => {
    await expect(convertAwsIam(account(whole), { syncedAt: 'now' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
