import { isAdministrator } from './access.js';
import type { Group, IamRole, User } from './details.js';
import { covers } from './globs.js';
import { type Allowance, allowing, allowingAnywhere, type Grant, type Reading } from './grants.js';
import type { GraphDraft } from './graph.js';
import type { Authorisations, Authorised } from './principals.js';
import type { Resources } from './resources.js';
import { trustedServices } from './trust.js';

/** Actions on a user by which a principal can sign in as that user. */
const BECOMES_USER = ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'];

/** The action on a role by which a principal can make the role trust it. */
const BECOMES_ROLE = ['iam:UpdateAssumeRolePolicy'];

/** Actions on itself, or on one of its groups, by which a principal can give itself any permission. */
const RULES_ITSELF = {
  user: ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
  group: ['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'],
  role: ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
  policy: ['iam:CreatePolicyVersion'],
} as const;

/**
 * Combinations of actions that run code of the principal as a role that is passed to a service. All actions of a row
 * are needed, with `iam:PassRole` on the role, and the role must trust the service. They are known from published
 * research on privilege escalation in AWS.
 */
const RUNS_AS_PASSED: readonly (readonly [service: string, ...actions: string[]])[] = [
  ['cloudformation.amazonaws.com', 'cloudformation:CreateStack'],
  ['codebuild.amazonaws.com', 'codebuild:CreateProject', 'codebuild:StartBuild'],
  [
    'datapipeline.amazonaws.com',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ],
  ['ec2.amazonaws.com', 'ec2:RunInstances'],
  ['ecs-tasks.amazonaws.com', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
  ['glue.amazonaws.com', 'glue:CreateDevEndpoint'],
  ['glue.amazonaws.com', 'glue:CreateJob', 'glue:StartJobRun'],
  ['lambda.amazonaws.com', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  ['lambda.amazonaws.com', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
  ['lambda.amazonaws.com', 'lambda:CreateFunction', 'lambda:AddPermission'],
  [
    'sagemaker.amazonaws.com',
    'sagemaker:CreateNotebookInstance',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
  ],
  ['sagemaker.amazonaws.com', 'sagemaker:CreateProcessingJob'],
  ['sagemaker.amazonaws.com', 'sagemaker:CreateTrainingJob'],
  ['states.amazonaws.com', 'states:CreateStateMachine', 'states:StartExecution'],
];

/** Roles that belong to AWS: nobody in the account can change or pass them. */
const isAwsOwned = ({ what }: IamRole) =>
  what.startsWith('role/aws-service-role/') || what.startsWith('role/aws-reserved/');

const byAction = (grants: readonly Grant[], action: string) =>
  grants.map(({ label }) => `${label} (${action})`);

/**
 * Writes the access that a principal can gain by its permissions: CAN_ASSUME of users whose credentials it can create,
 * of roles whose trust it can change, and of roles that it can pass to something it starts; ADMIN on the account where
 * it can change its own permissions.
 *
 * An administrator of the account can do all of this to every principal. It is written once, from the Resource of the
 * account, and not from each administrator to each principal.
 */
export class EscalationWriter {
  constructor(
    private readonly authorisations: Authorisations,
    private readonly resources: (account: string) => Resources,
    private readonly reading: Reading,
    private readonly graph: GraphDraft,
  ) {}

  write(from: Authorised): void {
    if ([from, ...from.groups].some(({ full }) => isAdministrator(full.grants, this.reading.catalogue)))
      return;
    const { account } = from.principal;
    for (const user of this.authorisations.users) {
      if (user.principal.account === account)
        this.relate(from, user, this.direct(from.full, BECOMES_USER, user));
    }
    for (const role of this.authorisations.roles) {
      if (role.principal.account !== account || isAwsOwned(role.principal)) continue;
      this.relate(from, role, this.direct(from.full, BECOMES_ROLE, role));
      this.relate(from, role, this.passed(from.full, role.principal));
    }
    this.writeSelf(from);
    this.noteJoinable(from);
  }

  /** Whoever has ADMIN on the account can act as every principal in it, except for the roles that belong to AWS. */
  writeAdministration(): void {
    const { users, roles } = this.authorisations;
    for (const { id, principal } of [...users, ...roles]) {
      if (principal.kind === 'role' && isAwsOwned(principal)) continue;
      const why =
        'an administrator of the account can make credentials for its users and change whom its roles trust';
      this.graph.relate('CAN_ASSUME', this.resources(principal.account).whole(), id, [why], {
        needs: 'ADMIN',
      });
    }
  }

  private relate(from: Authorised, to: Authorised, evidence: readonly string[]): void {
    if (evidence.length === 0 || from.id === to.id) return;
    if (from.groups.some((group) => this.graph.isRelated('CAN_ASSUME', group.id, to.id))) return;
    this.graph.relate('CAN_ASSUME', from.id, to.id, evidence);
  }

  private direct(
    full: Allowance,
    actions: readonly string[],
    to: Authorised<User> | Authorised<IamRole>,
  ): string[] {
    return actions.flatMap((action) => byAction(this.allowing(full, action, to.principal.arn), action));
  }

  private allowing(full: Allowance, action: string, arn: string): readonly Grant[] {
    const at = this.reading.catalogue.indexOf(action);
    return at === undefined ? [] : allowing(full, at, arn);
  }

  private passed(full: Allowance, role: IamRole): string[] {
    const passing = this.allowing(full, 'iam:PassRole', role.arn);
    if (passing.length === 0) return [];
    const trusted = trustedServices(role);
    return RUNS_AS_PASSED.flatMap(([service, ...actions]) => {
      // An instance takes a role only in an instance profile.
      if (!trusted.includes(service) || (service === 'ec2.amazonaws.com' && !role.hasInstanceProfile))
        return [];
      const able = passing.filter(
        ({ passTo }) => !passTo || passTo.some((pattern) => covers(pattern, service)),
      );
      const starting = actions.map((action) => this.anywhere(full, action));
      if (able.length === 0 || starting.some((evidence) => evidence.length === 0)) return [];
      // One piece of evidence for the whole combination, because no part of it is enough.
      const steps = [byAction(able, 'iam:PassRole'), ...starting].map((evidence) => evidence[0]);
      return [`${steps.join(' and ')}: starting something that ${service} runs as role ${role.name}`];
    });
  }

  private anywhere(full: Allowance, action: string): string[] {
    const at = this.reading.catalogue.indexOf(action);
    return at === undefined ? [] : byAction(allowingAnywhere(full, at), action);
  }

  /** Joining a group is not access that the principal has now, so it is a note. */
  private noteJoinable({ principal, full, groups }: Authorised): void {
    if (principal.kind !== 'user') return;
    const joinable = this.authorisations.groups
      .filter((group) => group.principal.account === principal.account && !groups.includes(group))
      .filter((group) => this.allowing(full, 'iam:AddUserToGroup', group.principal.arn).length > 0)
      .map((group) => group.principal.name);
    if (joinable.length === 0) return;
    this.reading.notes.add(
      `User ${principal.name} may join groups (iam:AddUserToGroup): what ${joinable.join(', ')} would give is not shown for this user.`,
    );
  }

  private writeSelf(from: Authorised): void {
    const { principal, full } = from;
    // A permissions boundary limits every policy, so a principal that has one does not get everything by changing them.
    if (full.boundary) return;
    const targets: (readonly [arn: string, kind: keyof typeof RULES_ITSELF])[] = [
      [principal.arn, principal.kind],
      ...from.groups.map(({ principal: group }: Authorised<Group>) => [group.arn, 'group'] as const),
      // Nobody in the account can change the policies that belong to AWS (account `aws`).
      ...from.attached
        .filter((arn) => arn.includes(`::${principal.account}:`))
        .map((arn) => [arn, 'policy'] as const),
    ];
    const evidence = targets.flatMap(([arn, kind]) =>
      RULES_ITSELF[kind].flatMap((action) =>
        byAction(this.allowing(full, action, arn), `${action} on ${arn}, which gives it its permissions`),
      ),
    );
    const whole = this.resources(principal.account).whole();
    const carried = from.groups.some(({ id }) => this.graph.isRelated('CAN_ACCESS', id, whole, 'ADMIN'));
    if (evidence.length === 0 || carried || (principal.kind === 'role' && isAwsOwned(principal))) return;
    this.graph.relate('CAN_ACCESS', from.id, whole, evidence, { permission: 'ADMIN' });
  }
}
