import { describe, expect, test } from '@jest/globals';
import { allow, arn, convert, deny, group, policy, role, user } from './made-up.js';

const attach = (name: string) => [{ PolicyName: name, PolicyArn: arn(`policy/${name}`) }];
const bound = (name: string) => ({
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn(`policy/${name}`) },
});

describe('levels', () => {
  test("AWS's access levels become permissions, and the highest is written once", async () => {
    const { says } = await convert({
      users: [
        user('lister', [allow(['s3:ListBucket', 's3:GetObject'])]),
        user('writer', [allow(['s3:GetObject', 's3:PutObject'])]),
        user('tagger', [allow('s3:PutObjectTagging')]),
        user('ruler', [allow('s3:PutBucketPolicy')]),
      ],
    });
    expect(says('user/lister')).toEqual(['CAN_ACCESS READ service/s3']);
    expect(says('user/writer')).toEqual(['CAN_ACCESS WRITE service/s3']);
    expect(says('user/tagger')).toEqual(['CAN_ACCESS WRITE service/s3']);
    expect(says('user/ruler')).toEqual(['CAN_ACCESS ADMIN service/s3']);
  });

  test('wildcards in actions are expanded, whatever their case', async () => {
    const { says, evidence } = await convert({
      users: [user('ada', [allow('S3:getobjectat*', 'arn:aws:s3:::b/*')])],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS READ resource/arn:aws:s3:::b/*']);
    expect(evidence('user/ada', 'resource/arn:aws:s3:::b/*')).toContain('(s3:GetObjectAttributes)');
  });

  test('every action of a service is ADMIN, even where AWS calls none of them permissions management', async () => {
    const { says } = await convert({ users: [user('ada', [allow('cognito-sync:*')])] });
    expect(says('user/ada')).toEqual(['CAN_ACCESS ADMIN service/cognito-sync']);
  });

  test('an action counts only on what it can act on', async () => {
    // PutObject acts on objects, of which a bucket's own ARN has none; PutBucketPolicy acts on buckets.
    const { says, snapshot } = await convert({
      users: [
        user('ada', [allow('s3:PutObject', 'arn:aws:s3:::b')]),
        user('bob', [allow(['s3:GetObject', 's3:PutBucketPolicy'], 'arn:aws:s3:::c/*')]),
      ],
    });
    expect(says('user/ada')).toEqual([]);
    expect(says('user/bob')).toEqual(['CAN_ACCESS READ resource/arn:aws:s3:::c/*']);
    expect(snapshot.entities.map((entity) => entity.id).join()).not.toContain('arn:aws:s3:::b');
  });

  test('a listing that knows no resource is no access to everything in the service', async () => {
    const { says } = await convert({ users: [user('ada', [allow('ec2:DescribeInstances')])] });
    expect(says('user/ada')).toEqual(['CAN_ACCESS READ service/ec2/itself']);
  });
});

describe('what is accessed', () => {
  test('everything is the account, CRITICAL; most services are one Resource', async () => {
    const { says, entity, wide } = await convert({
      users: [
        user('root-like', [allow('*')]),
        user('power', [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }]),
      ],
    });
    expect(says('user/root-like')).toEqual(['CAN_ACCESS ADMIN account']);
    expect(entity('account')).toMatchObject({
      kind: 'Resource',
      resourceType: 'account',
      sensitivity: 'CRITICAL',
    });
    expect(says('user/power')).toEqual(['CAN_ACCESS ADMIN services/all,-iam,-organizations']);
    expect(says('account', 'services/all,-iam,-organizations')).toEqual([
      'CONTAINS services/all,-iam,-organizations',
    ]);
    expect(wide.join('\n')).toContain('NotAction in inline policy made-up, statement 1');
  });

  test('patterns are Resources, each contained by the narrowest that take it in', async () => {
    const { says } = await convert({
      users: [
        user('a', [allow('s3:GetObject', ['arn:aws:s3:::logs-*', 'arn:aws:s3:::logs-eu-*/*'])]),
        user('b', [allow('s3:GetObject', 'arn:aws:s3:::logs-eu-1/today')]),
        user('c', [allow('s3:*')]),
      ],
    });
    expect(says('account')).toContain('CONTAINS service/s3');
    expect(says('service/s3')).toEqual(['CONTAINS resource/arn:aws:s3:::logs-*']);
    expect(says('resource/arn:aws:s3:::logs-*')).toEqual(['CONTAINS resource/arn:aws:s3:::logs-eu-*/*']);
    expect(says('resource/arn:aws:s3:::logs-eu-*/*')).toEqual([
      'CONTAINS resource/arn:aws:s3:::logs-eu-1/today',
    ]);
  });

  test('what is in another account is not contained by this one', async () => {
    const there = 'arn:aws:sqs:eu-west-1:999999999999:queue';
    const { says } = await convert({
      users: [user('a', [allow('sqs:SendMessage', there)]), user('b', [allow('*')])],
    });
    expect(says('user/a')).toEqual([`CAN_ACCESS WRITE resource/${there}`]);
    expect(says('account', `resource/${there}`)).toEqual([]);
  });
});

describe('where a policy comes from', () => {
  test('managed policies count by their default version; a missing one is said', async () => {
    const { says, evidence, missing } = await convert({
      users: [
        user('ada', [], { AttachedManagedPolicies: attach('reader') }),
        user('bob', [], { AttachedManagedPolicies: attach('gone') }),
      ],
      policies: [policy('reader', allow('s3:GetObject', '*', { Sid: 'Read' }))],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS READ service/s3']);
    expect(evidence('user/ada', 'service/s3')).toBe('policy reader, statement Read (s3:GetObject)');
    expect(missing.join('\n')).toContain(
      `user/bob: Policy ${arn('policy/gone')}, attached to user/bob, is not in the account details`,
    );
  });

  const own = (path: string) => [
    { PolicyName: path.split('/').at(-1), PolicyArn: `arn:aws:iam::aws:policy/${path}` },
  ];

  test("AWS's own policies are known by their names where the input lacks them, which is said", async () => {
    const { says, wide, missing } = await convert({
      users: [
        user('ada', [], { AttachedManagedPolicies: own('AdministratorAccess') }),
        user('bob', [], { AttachedManagedPolicies: own('AmazonS3ReadOnlyAccess') }),
        user('eve', [allow('*')], { AttachedManagedPolicies: own('AWSDenyAll') }),
        user('kim', [], { AttachedManagedPolicies: own('job-function/ViewOnlyAccess') }),
      ],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS ADMIN account']);
    expect(says('user/bob')).toContain('CAN_ACCESS READ service/s3');
    expect(says('user/eve')).toEqual([]);
    expect(says('user/kim').length).toBeGreaterThan(0);
    expect(says('user/kim', 'account')).toEqual([]);
    expect(wide.join('\n')).toContain(
      "AdministratorAccess, of user/ada, is not in the input. It is AWS's own",
    );
    expect(missing.join('\n')).not.toContain('attached to');
  });

  test('a policy that nobody knows is unknown of each account that it may widen', async () => {
    const gone = { AttachedManagedPolicies: own('service-role/NeverHeardOf') };
    const { unread } = await convert({
      groups: [group('devs', [], gone)],
      roles: [role('ops', { AWS: arn('user/bob') }, [], gone)],
      users: [user('ada', [], { GroupList: ['devs'] }), user('bob'), user('eve')],
    });
    const told = unread.filter(({ because }) => because.includes('NeverHeardOf'));
    expect(told.map(({ account, kinds }) => [account, kinds])).toEqual([
      ['aws:123456789012/user/ada', ['CAN_ACCESS', 'CAN_ASSUME']],
      ['aws:123456789012/user/bob', ['CAN_ACCESS', 'CAN_ASSUME']],
    ]);
  });

  test("a group's policy is written on the group, and who is in it", async () => {
    const { says } = await convert({
      groups: [group('devs', [allow('s3:GetObject')])],
      users: [user('ada', [], { GroupList: ['devs'] })],
    });
    expect(says('user/ada')).toEqual(['MEMBER_OF group/devs']);
    expect(says('group/devs')).toEqual(['CAN_ACCESS READ service/s3']);
  });

  test("a member's own deny, and that of another group, hold against what a group allows", async () => {
    const { says, entity, wide } = await convert({
      groups: [group('devs', [allow('s3:*')]), group('careful', [deny('s3:Put*')])],
      users: [
        user('ada', [deny('s3:*')], { GroupList: ['devs'] }),
        user('bob', [allow('sqs:SendMessage')], { GroupList: ['careful', 'devs'] }),
        user('eve', [deny('sqs:*')], { GroupList: ['devs'] }),
      ],
    });
    expect(says('group/devs')).toEqual(['CAN_ACCESS ADMIN service/s3']);
    expect(says('user/ada')).toEqual([]);
    expect(says('user/bob')).toEqual([
      'CAN_ACCESS ADMIN service/s3',
      'CAN_ACCESS WRITE service/sqs',
      'MEMBER_OF group/careful',
    ]);
    expect(says('user/eve')).toEqual(['MEMBER_OF group/devs']);
    expect(entity('user/ada')).toMatchObject({ attributes: { memberOf: ['devs'] } });
    expect(entity('user/eve')?.attributes).not.toHaveProperty('memberOf');
    expect(wide.join('\n')).toContain('What groups allow user ada is narrowed by a Deny');
  });

  test('a member with a boundary has of a group what the boundary lets through', async () => {
    const { says } = await convert({
      groups: [group('devs', [allow('*')])],
      users: [user('ada', [], { GroupList: ['devs'], ...bound('reader') })],
      policies: [policy('reader', allow('s3:GetObject'))],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS READ service/s3']);
  });

  test('whoever is in quarantine reaches nothing, by no group either', async () => {
    const quarantine = deny('*', '*', { Sid: 'Quarantine' });
    const { says } = await convert({
      groups: [group('admins', [allow('*')]), group('locked', [quarantine])],
      users: [
        user('ada', [quarantine], { GroupList: ['admins'] }),
        user('bob', [allow('*')], { GroupList: ['admins', 'locked'] }),
      ],
    });
    expect(says('user/ada')).toEqual([]);
    expect(says('user/bob')).toEqual(['MEMBER_OF group/locked']);
  });

  test("the user's name in a group's policy is each member's own", async () => {
    const home = `arn:aws:s3:::home/\${aws:username}/*`;
    const { says } = await convert({
      groups: [group('devs', [allow('s3:GetObject', home)])],
      users: [user('ada', [], { GroupList: ['devs'] })],
    });
    expect(says('user/ada')).toEqual([
      'CAN_ACCESS READ resource/arn:aws:s3:::home/ada/*',
      'MEMBER_OF group/devs',
    ]);
    expect(says('group/devs')).toEqual([]);
  });
});

describe('what is denied', () => {
  test('an explicit deny on the same or more takes the actions away', async () => {
    const { says } = await convert({
      users: [
        user('none', [allow('s3:GetObject'), deny('s3:*')]),
        user('less', [
          allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::b/*'),
          deny('s3:Put*', 'arn:aws:s3:::*'),
        ]),
        user('but', [
          allow('s3:GetObject', 'arn:aws:s3:::b/*'),
          { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::c/*' },
        ]),
      ],
    });
    expect(says('user/none')).toEqual([]);
    expect(says('user/less')).toEqual(['CAN_ACCESS READ resource/arn:aws:s3:::b/*']);
    expect(says('user/but')).toEqual([]);
  });

  test('a deny of a part, or under a condition, keeps the access and says so', async () => {
    const mfa = { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } };
    const { says, wide } = await convert({
      users: [
        user('part', [
          allow('s3:GetObject', 'arn:aws:s3:::*'),
          deny('s3:*', 'arn:aws:s3:::secret/*', { Sid: 'Part' }),
        ]),
        user('mfa', [allow('s3:GetObject'), deny('*', '*', { ...mfa, Sid: 'Mfa' })]),
      ],
    });
    expect(says('user/part')).toEqual(['CAN_ACCESS READ resource/arn:aws:s3:::*']);
    expect(says('user/mfa')).toEqual(['CAN_ACCESS READ service/s3']);
    expect(wide.join('\n')).toContain('statement Part denies on a part');
    expect(wide.join('\n')).toContain(
      'The condition of inline policy made-up, statement Mfa is not evaluated',
    );
  });

  test('a condition that wants a moment that has passed allows nothing; any other may hold', async () => {
    const until = (date: string) => ({ Condition: { DateLessThan: { 'aws:CurrentTime': date } } });
    const { says } = await convert({
      users: [
        user('past', [allow('s3:GetObject', '*', until('2026-10-31T00:00:00Z'))]),
        user('ahead', [allow('s3:GetObject', '*', until('2026-11-02T00:00:00Z'))]),
      ],
    });
    expect(says('user/past')).toEqual([]);
    expect(says('user/ahead')).toEqual(['CAN_ACCESS READ service/s3']);
  });
});

describe('permissions boundaries', () => {
  test('leave what is in both, on the narrower resource', async () => {
    const { says, wide } = await convert({
      users: [user('ada', [allow('*')], bound('limit'))],
      policies: [
        policy('limit', allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::b/*'), deny('s3:Put*')),
      ],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS READ resource/arn:aws:s3:::b/*']);
    expect(wide.join('\n')).toContain('The permissions boundary of user/ada');
  });

  test('one that is not in the input is said, and nothing is cut', async () => {
    const { says, wide } = await convert({
      users: [user('ada', [allow('s3:GetObject')], bound('gone'))],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS READ service/s3']);
    expect(wide.join('\n')).toContain('is not in the input and is not evaluated');
  });
});
