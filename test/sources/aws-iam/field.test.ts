import { describe, expect, test } from '@jest/globals';
import { PERMISSIONS } from '../../../src/model/levels.js';
import { parseTime } from '../../../src/model/time.js';
import { exposure, plainGraphOf } from '../../reference/index.js';
import {
  allow,
  arn,
  convert,
  deny,
  document,
  group,
  id,
  type Parts,
  role,
  type Statement,
  SYNCED_AT,
  user,
} from './made-up.js';

/** A company's account as people who do this job have met it, and what its user `ada` reaches, and with what. */
interface Case {
  readonly parts: Parts;
  /** `<id without the account>` or `<id> <permission>`; all that is reached. */
  readonly right: readonly string[];
}

const attach = (policy: string) => ({
  AttachedManagedPolicies: [{ PolicyName: policy.split('/').at(-1), PolicyArn: policy }],
});
const all = allow('*');
const profile = { InstanceProfileList: [{ InstanceProfileName: 'ip' }] };
const power = (service: string) => role('power', { Service: service }, [all], profile);
const everything = ['account ADMIN', 'role/power'];

const CASES: Readonly<Record<string, Case>> = {
  // Whoever is named as somebody who was deleted stays out, though somebody has the same name now.
  'a deleted principal is nobody, and a living one is found by the unique id': {
    parts: {
      users: [user('ada', [], { UserId: 'AIDAADAXXXXXXXXXXXXXX' })],
      roles: [
        role('deploy', { AWS: 'AIDAGONEGONEGONEGONE1' }, [all]),
        role('deploy2', { AWS: 'AIDAADAXXXXXXXXXXXXXX' }, [allow('s3:GetObject')]),
      ],
    },
    right: ['role/deploy2', 'service/s3 READ'],
  },
  'a denial of sessions that are older leaves new ones': {
    parts: {
      users: [user('ada', [allow('sts:AssumeRole')])],
      roles: [
        role('power', { AWS: arn('root') }, [
          all,
          deny('*', '*', { Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-10-31T08:00:00Z' } } }),
        ]),
      ],
    },
    right: [...everything, 'service/sts ADMIN'],
  },
  'AdministratorAccess is what its name says, though the file has no document of it': {
    parts: {
      users: [user('ada', [], { GroupList: ['admins'] })],
      groups: [group('admins', [], attach('arn:aws:iam::aws:policy/AdministratorAccess'))],
    },
    right: ['account ADMIN', 'group/admins'],
  },
  'a spot instance runs with a role as any other': {
    parts: {
      users: [user('ada', [allow(['iam:PassRole', 'ec2:RequestSpotInstances'])])],
      roles: [power('ec2.amazonaws.com')],
    },
    right: [...everything, 'service/ec2 ADMIN', 'service/iam ADMIN'],
  },
  'a Glue job is started by a trigger': {
    parts: {
      users: [user('ada', [allow(['iam:PassRole', 'glue:CreateJob', 'glue:CreateTrigger'])])],
      roles: [power('glue.amazonaws.com')],
    },
    right: [...everything, 'service/glue ADMIN', 'service/iam ADMIN'],
  },
  'an older version of a policy can be made its default one': {
    parts: {
      users: [user('ada', [allow('iam:SetDefaultPolicyVersion')], attach(arn('policy/mine')))],
      policies: [versions('mine', allow('s3:ListAllMyBuckets'), all)],
    },
    right: ['account ADMIN'],
  },
  'roles assume one another': {
    parts: {
      users: [user('ada')],
      roles: [
        role('r1', { AWS: arn('user/ada') }),
        role('r2', { AWS: arn('role/r1') }),
        role('power', { AWS: arn('role/r2') }, [all]),
      ],
    },
    right: [...everything, 'role/r1', 'role/r2'],
  },
  'a boundary lets through what it names': {
    parts: {
      users: [user('ada', [all], { PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/bound') } })],
      policies: [versions('bound', allow('s3:GetObject'))],
    },
    right: ['service/s3 READ'],
  },
  'a role that may write its own policy rules the account': {
    parts: {
      users: [user('ada', [allow('sts:AssumeRole')])],
      roles: [role('power', { AWS: arn('root') }, [allow('iam:PutRolePolicy')])],
    },
    right: [...everything, 'service/iam ADMIN', 'service/sts ADMIN'],
  },
  'who is in quarantine reaches nothing': {
    parts: {
      users: [user('ada', [all, deny('*')], { GroupList: ['admins'] })],
      groups: [group('admins', [all])],
    },
    right: [],
  },
};

/** A managed policy whose first version is the default one. */
function versions(name: string, ...each: Statement[]) {
  return {
    PolicyName: name,
    Arn: arn(`policy/${name}`),
    PolicyVersionList: each.map((statement, at) => ({
      VersionId: `v${each.length - at}`,
      IsDefaultVersion: at === 0,
      Document: document(statement),
    })),
  };
}

async function reached(parts: Parts): Promise<string[]> {
  const { snapshot } = await convert(parts);
  const graph = plainGraphOf([snapshot], parseTime(SYNCED_AT)!);
  return exposure(graph, id('user/ada'))
    .filter((reach) => reach.id !== id('user/ada'))
    .map(({ id: one, level }) => {
      const isResource = graph.entities.get(one)?.kind === 'Resource';
      return `${one.replace(id(''), '')}${isResource ? ` ${PERMISSIONS[level - 1]}` : ''}`;
    })
    .sort();
}

describe('cases from the field', () => {
  test.each(Object.entries(CASES))('%s', async (_, { parts, right }) => {
    expect(await reached(parts)).toEqual([...right].sort());
  });
});
