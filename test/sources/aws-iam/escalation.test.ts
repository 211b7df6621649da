import { describe, expect, test } from '@jest/globals';
import { expectSound } from '../invariants.js';
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

  const passedTo = (service: string, actions: string[]) =>
    convert({
      users: [user('ada', [allow(['iam:PassRole', ...actions])])],
      roles: [
        role('worker', { Service: service }, [], { InstanceProfileList: [{ InstanceProfileName: 'w' }] }),
      ],
    });

  test.each([
    ['ec2.amazonaws.com', ['ec2:RunInstances']],
    ['ec2.amazonaws.com', ['ec2:RequestSpotInstances']],
    ['ec2.amazonaws.com', ['ec2:CreateFleet']],
    ['ec2.amazonaws.com', ['ec2:AssociateIamInstanceProfile']],
    ['ecs-tasks.amazonaws.com', ['ecs:RunTask']],
    ['ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', 'ecs:CreateService']],
    ['ecs-tasks.amazonaws.com', ['ecs:StartTask']],
    ['glue.amazonaws.com', ['glue:CreateJob', 'glue:CreateTrigger']],
    ['glue.amazonaws.com', ['glue:UpdateJob']],
    ['glue.amazonaws.com', ['glue:CreateDevEndpoint']],
    ['codebuild.amazonaws.com', ['codebuild:CreateProject', 'codebuild:StartBuildBatch']],
    ['tasks.apprunner.amazonaws.com', ['apprunner:CreateService']],
    ['sagemaker.amazonaws.com', ['sagemaker:CreateProcessingJob']],
    ['bedrock.amazonaws.com', ['bedrock:CreateAgent']],
    ['bedrock-agentcore.amazonaws.com', ['bedrock-agentcore:CreateCodeInterpreter']],
    ['cloudformation.amazonaws.com', ['cloudformation:CreateStack']],
    [
      'cloudformation.amazonaws.com',
      ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    ],
    ['states.eu-west-1.amazonaws.com', ['states:CreateStateMachine', 'states:StartExecution']],
    ['ecs-tasks.amazonaws.com', ['batch:RegisterJobDefinition', 'batch:SubmitJob']],
    ['datapipeline.amazonaws.com', ['datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline']],
    ['amplify.amazonaws.com', ['amplify:CreateApp']],
    ['elasticmapreduce.amazonaws.com', ['elasticmapreduce:RunJobFlow']],
    ['emr-serverless.amazonaws.com', ['emr-serverless:StartJobRun']],
    ['scheduler.amazonaws.com', ['scheduler:CreateSchedule']],
    ['ssm.amazonaws.com', ['ssm:CreateAssociation']],
  ])('to %s by %j is being it, and not without the passing', async (service, actions) => {
    expect((await passedTo(service, actions)).says('user/ada', 'role/worker')).toEqual([
      'CAN_ASSUME role/worker',
    ]);
    const { says } = await convert({
      users: [user('ada', [allow(actions)])],
      roles: [
        role('worker', { Service: service }, [], { InstanceProfileList: [{ InstanceProfileName: 'w' }] }),
      ],
    });
    expect(says('user/ada', 'role/worker')).toEqual([]);
  });

  test('to a service that nobody knows is not shown, and is said', async () => {
    const { says, wide } = await passedTo('elsewhere.example', ['ec2:RunInstances']);
    expect(says('user/ada', 'role/worker')).toEqual([]);
    expect(wide.join('\n')).toContain('Role worker trusts elsewhere.example, of which no action is known');
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

  test('is no more than the boundary where one holds, and all where it can be taken away', async () => {
    const bounded = { PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/limit') } };
    const { says } = await convert({
      users: [user('bounded', [allow('iam:PutUserPolicy')], bounded)],
      roles: [
        role('free', toLambda, [allow(['iam:PutRolePolicy', 'iam:DeleteRolePermissionsBoundary'])], {
          PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/wide') },
        }),
      ],
      policies: [policy('limit', allow(['iam:Put*', 's3:GetObject'])), policy('wide', allow('iam:*'))],
    });
    expect(says('user/bounded', 'account')).toEqual([]);
    expect(says('user/bounded')).toContain('CAN_ACCESS READ service/s3');
    expect(says('role/free', 'account')).toEqual(['CAN_ACCESS ADMIN account']);
  });

  test('is also widening somebody whom one can act as, over any number of steps', async () => {
    const { says } = await convert({
      users: [
        user('ada', [allow('iam:PutRolePolicy', arn('role/far')), allow('sts:AssumeRole')]),
        user('bob', [allow('iam:PutRolePolicy', arn('role/far'))]),
      ],
      roles: [role('near', { AWS: arn('user/ada') }), role('far', { AWS: arn('role/near') })],
    });
    expect(says('user/ada', 'account')).toEqual(['CAN_ACCESS ADMIN account']);
    expect(says('user/bob', 'account')).toEqual([]);
  });

  test('is making a wider version of an own policy the default one', async () => {
    const versions = (action: string) =>
      convert({
        users: [user('ada', [allow(action, arn('policy/mine'))], attached('mine'))],
        policies: [policy('mine', allow('s3:ListAllMyBuckets'))],
      });
    const { says, evidence } = await versions('iam:SetDefaultPolicyVersion');
    expect(says('user/ada')).toContain('CAN_ACCESS ADMIN account');
    expect(evidence('user/ada', 'account')).toContain('iam:SetDefaultPolicyVersion');
    expect((await versions('iam:GetPolicyVersion')).says('user/ada')).not.toContain(
      'CAN_ACCESS ADMIN account',
    );
  });
});

describe('joining a group', () => {
  test('is acting as one of its members, and is written once for a group that may', async () => {
    const { says, snapshot } = await convert({
      users: [
        user('joiner', [allow('iam:AddUserToGroup', arn('group/a*'))]),
        user('eve', [], { GroupList: ['leads'] }),
      ],
      groups: [
        group('admins', [allow('*')]),
        group('others', [allow('*')]),
        group('leads', [allow('iam:AddUserToGroup')]),
      ],
    });
    expect(says('user/joiner', 'group/admins')).toEqual(['CAN_ASSUME group/admins']);
    expect(says('user/joiner', 'group/others')).toEqual([]);
    expect(says('group/leads', 'group/admins')).toEqual(['CAN_ASSUME group/admins']);
    expect(says('user/eve')).toEqual(['MEMBER_OF group/leads']);
    expectSound(snapshot);
  });
});
