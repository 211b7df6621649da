import { describe, expect, test } from '@jest/globals';
import { allow, arn, convert, deny, group, policy, role, user } from './made-up.js';

const LAMBDA = ['lambda:CreateFunction', 'lambda:InvokeFunction'];
const toLambda = { Service: 'lambda.amazonaws.com' };

describe('becoming somebody else', () => {
  test.each(['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'])(
    '%s on a user is being that user',
    async (action) => {
      const { says, evidence } = await convert({
        users: [user('ada', [allow(action, arn('user/b*'))]), user('bob'), user('eve')],
      });
      expect(says('user/ada', 'user/bob')).toEqual(['CAN_ASSUME user/bob']);
      expect(says('user/ada', 'user/eve')).toEqual([]);
      expect(evidence('user/ada', 'user/bob')).toBe(`inline policy made-up, statement 1 (${action})`);
    },
  );

  test('on all users but one that is denied, that one is not', async () => {
    const { says } = await convert({
      users: [
        user('ada', [allow('iam:CreateAccessKey'), deny('iam:*', arn('user/root-like'))]),
        user('bob'),
        user('root-like'),
      ],
    });
    expect(says('user/ada', 'user/bob')).toEqual(['CAN_ASSUME user/bob']);
    expect(says('user/ada', 'user/root-like')).toEqual([]);
  });

  test("one's own keys are not somebody else's, by a group's policy either", async () => {
    const { says } = await convert({
      groups: [group('all', [allow('iam:CreateAccessKey', `arn:aws:iam::*:user/\${aws:username}`)])],
      users: [user('ada', [], { GroupList: ['all'] }), user('bob', [], { GroupList: ['all'] })],
    });
    expect([...says('user/ada'), ...says('group/all')].filter((one) => one.startsWith('CAN_ASSUME'))).toEqual(
      [],
    );
  });

  test('changing the trust of a role is being it, but for the roles that are AWS’s own', async () => {
    const own = 'role/aws-service-role/support.amazonaws.com/Support';
    const { says } = await convert({
      users: [user('ada', [allow('iam:UpdateAssumeRolePolicy')])],
      roles: [role('ops', toLambda), role('Support', toLambda, [], { Arn: arn(own) })],
    });
    expect(says('user/ada', 'role/ops')).toEqual(['CAN_ASSUME role/ops']);
    expect(says('user/ada', own)).toEqual([]);
  });

  test('an administrator is everybody, said once by the account', async () => {
    const { says, snapshot } = await convert({
      users: [user('ada', [allow('*')]), user('bob')],
      roles: [role('ops', toLambda)],
    });
    expect(says('user/ada')).toEqual(['CAN_ACCESS ADMIN account']);
    const from = snapshot.relationships.filter((one) => one.type === 'CAN_ASSUME');
    expect(from).toHaveLength(3);
    expect(from.every((one) => one.needs === 'ADMIN')).toBe(true);
  });
});

describe('passing a role', () => {
  const passing = (statements: object[], more = {}) =>
    convert({ users: [user('ada', statements as never)], roles: [role('worker', toLambda, [], more)] });

  test('and starting something that runs as it, is being it', async () => {
    const { says, evidence } = await passing([allow('iam:PassRole'), allow(LAMBDA)]);
    expect(says('user/ada', 'role/worker')).toEqual(['CAN_ASSUME role/worker']);
    expect(evidence('user/ada', 'role/worker')).toMatch(
      /statement 1 \(iam:PassRole\) and .*lambda:CreateFunction/,
    );
  });

  test('takes all of it: the passing, every action, and a role that trusts the service', async () => {
    expect((await passing([allow('iam:PassRole')])).says('user/ada', 'role/worker')).toEqual([]);
    expect((await passing([allow(LAMBDA)])).says('user/ada', 'role/worker')).toEqual([]);
    expect(
      (await passing([allow('iam:PassRole'), allow('lambda:CreateFunction')])).says(
        'user/ada',
        'role/worker',
      ),
    ).toEqual([]);
    expect(
      (await passing([allow('iam:PassRole', arn('role/x')), allow(LAMBDA)])).says('user/ada', 'role/worker'),
    ).toEqual([]);
    expect(
      (await passing([allow('iam:PassRole'), allow('ec2:RunInstances')])).says('user/ada', 'role/worker'),
    ).toEqual([]);
  });

  test('only to the services that the policy lets it be passed to', async () => {
    const to = (service: string) => ({ Condition: { StringEquals: { 'iam:PassedToService': service } } });
    const there = await passing([allow('iam:PassRole', '*', to('lambda.amazonaws.com')), allow(LAMBDA)]);
    const elsewhere = await passing([allow('iam:PassRole', '*', to('ecs.amazonaws.com')), allow(LAMBDA)]);
    expect(there.says('user/ada', 'role/worker')).toEqual(['CAN_ASSUME role/worker']);
    expect(elsewhere.says('user/ada', 'role/worker')).toEqual([]);
  });

  test('to an instance, only where it has an instance profile', async () => {
    const ec2 = (more: object) =>
      convert({
        users: [user('ada', [allow(['iam:PassRole', 'ec2:RunInstances'])])],
        roles: [role('box', { Service: 'ec2.amazonaws.com' }, [], more as never)],
      });
    expect((await ec2({})).says('user/ada', 'role/box')).toEqual([]);
    expect(
      (await ec2({ InstanceProfileList: [{ InstanceProfileName: 'box' }] })).says('user/ada', 'role/box'),
    ).toEqual(['CAN_ASSUME role/box']);
  });

  test('counts what comes by a group together with what is one’s own', async () => {
    const { says } = await convert({
      groups: [group('runners', [allow(LAMBDA)])],
      users: [user('ada', [allow('iam:PassRole')], { GroupList: ['runners'] })],
      roles: [role('worker', toLambda)],
    });
    expect(says('user/ada', 'role/worker')).toEqual(['CAN_ASSUME role/worker']);
  });
});

describe('changing one’s own permissions', () => {
  const attached = (name: string) => ({
    AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: arn(`policy/${name}`) }],
  });

  test('is ruling the account', async () => {
    const { says, evidence } = await convert({
      users: [
        user('puts', [allow('iam:PutUserPolicy', arn('user/puts'))]),
        user('others', [allow('iam:PutUserPolicy', arn('user/puts'))]),
        user('versions', [allow('iam:CreatePolicyVersion', arn('policy/mine'))], attached('mine')),
      ],
      policies: [policy('mine', allow('s3:GetObject'))],
    });
    expect(says('user/puts', 'account')).toEqual(['CAN_ACCESS ADMIN account']);
    expect(evidence('user/puts', 'account')).toContain('iam:PutUserPolicy');
    expect(says('user/others', 'account')).toEqual([]);
    expect(says('user/versions', 'account')).toEqual(['CAN_ACCESS ADMIN account']);
  });

  test('is not where a boundary holds, and is said where it is joining a group', async () => {
    const { says, incomplete } = await convert({
      users: [
        user('bounded', [allow('iam:PutUserPolicy')], {
          PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/limit') },
        }),
        user('joiner', [allow('iam:AddUserToGroup')]),
      ],
      groups: [group('admins', [allow('*')])],
      policies: [policy('limit', allow('iam:*'))],
    });
    expect(says('user/bounded', 'account')).toEqual([]);
    expect(incomplete.join('\n')).toContain('User joiner may join groups (iam:AddUserToGroup): what admins');
  });
});
