import { compareUtf8 } from '../../model/utf8.js';
import { idOf, splitArn } from './arn.js';
import { githubSubjects } from './conditions.js';
import type { IamRole } from './details.js';
import { covers } from './globs.js';
import { allowing, type Reading } from './grants.js';
import type { GraphDraft } from './graph.js';
import type { PolicyStatement } from './policy.js';
import type { Authorisations, Authorised } from './principals.js';

const ASSUMING = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** What AWS shows in a trust policy in the place of a user or role that was deleted. */
const GONE = /^A(IDA|ROA)[A-Z0-9]{10,}$/;
const GITHUB = 'token.actions.githubusercontent.com';

/** Service principals that a role trusts, sorted: attributes of the role, not entities. */
export function trustedServices(role: IamRole): string[] {
  return namesOf(role, 'Service');
}

/** Identity providers (SAML, OpenID Connect) that a role trusts, sorted. */
export function trustedProviders(role: IamRole): string[] {
  return namesOf(role, 'Federated');
}

function namesOf(role: IamRole, type: string): string[] {
  const names = role.trust.filter(admits).flatMap((statement) => statement.principals.get(type) ?? []);
  return [...new Set(names)].sort(compareUtf8);
}

const admits = (statement: PolicyStatement) =>
  statement.effect === 'Allow' &&
  statement.actions.some((pattern) => ASSUMING.some((action) => covers(pattern.toLowerCase(), action)));

/**
 * Writes who may assume the roles, by their trust policies:
 *
 * - a user, role or session of the same account that is named: that is enough, unless their own policies deny it;
 * - the account itself (`:root`): those of its principals whose own policies allow `sts:AssumeRole` on the role;
 * - a principal of another account, or that account: an Account that the company does not manage;
 * - GitHub's OpenID Connect: the repository that the condition names.
 */
export class TrustWriter {
  private readonly assumeRole: number | undefined;
  private readonly principals: readonly Authorised[];

  constructor(
    private readonly authorisations: Authorisations,
    private readonly reading: Reading,
    private readonly graph: GraphDraft,
  ) {
    this.assumeRole = reading.catalogue.indexOf('sts:AssumeRole');
    this.principals = [...authorisations.groups, ...authorisations.users, ...authorisations.roles];
  }

  write(role: Authorised<IamRole>): void {
    const { notes } = this.reading;
    for (const statement of role.principal.trust) {
      const at = `the trust policy of role ${role.principal.name}`;
      if (statement.effect === 'Deny')
        notes.add(`A Deny in ${at} is not evaluated: who it shuts out is kept.`);
      if (statement.hasNotPrincipal)
        notes.add(`NotPrincipal in ${at} is not evaluated: whom it admits is unknown.`);
      if (!admits(statement)) continue;
      if (statement.condition)
        notes.add(`The condition in ${at} is not evaluated: whom it admits is kept as if it may hold.`);
      for (const name of statement.principals.get('AWS') ?? []) this.admit(role, name, statement);
      for (const name of statement.principals.get('Federated') ?? []) this.federate(role, name, statement);
    }
  }

  private admit(role: Authorised<IamRole>, name: string, statement: PolicyStatement): void {
    const { account, name: roleName } = role.principal;
    const { notes } = this.reading;
    const arn = splitArn(name);
    if (name === '*') {
      notes.add(
        `Role ${roleName} trusts every principal of every AWS account; shown for those in this input.`,
      );
      for (const principal of this.principals.filter((one) => one.principal.kind !== 'group')) {
        this.relateNamed(role, principal, evidence(role, statement, 'every principal'));
      }
    } else if (name === account || (arn?.account === account && arn.resource === 'root')) {
      this.admitAllowed(role, statement);
    } else if (/^\d{12}$/.test(name) || (arn && arn.account !== account)) {
      this.admitForeign(role, name, statement);
    } else {
      const found = this.named(name, account);
      if (found) this.relateNamed(role, found, evidence(role, statement, name));
      else if (GONE.test(name)) {
        notes.add(
          `Role ${roleName} trusts ${name}, the unique id of a user or role that is gone: nobody is admitted by it, and not who has the same name now.`,
        );
      } else notes.add(`Role ${roleName} trusts ${name}, which is not in the input: left out.`);
    }
  }

  /** A principal of this account by ARN, session ARN or AWS's unique id. */
  private named(name: string, account: string): Authorised | undefined {
    const session = /^assumed-role\/([^/]+)\/(.+)$/.exec(splitArn(name)?.resource ?? '');
    if (!session) {
      return this.principals.find(
        ({ principal }) =>
          principal.arn === name || (principal.uniqueId !== '' && principal.uniqueId === name),
      );
    }
    const [, roleName, sessionName] = session;
    const found = this.authorisations.roles.find(
      ({ principal }) => principal.account === account && principal.name === roleName,
    );
    if (found) {
      this.reading.notes.add(
        `Sessions named ${sessionName} of role ${roleName} are trusted by other roles: shown for every session of that role.`,
      );
    }
    return found;
  }

  private relateNamed(role: Authorised<IamRole>, from: Authorised, why: string): void {
    if (from.id === role.id || this.assumeRole === undefined) return;
    // The trust policy itself allows it, so only a denial matters here.
    const denied = from.full.denials.some(
      ({ actions, patterns, except }) =>
        actions.has(this.assumeRole as number) &&
        except.length === 0 &&
        patterns.some((pattern) => covers(pattern, role.principal.arn)),
    );
    if (!denied) this.graph.relate('CAN_ASSUME', from.id, role.id, [why]);
  }

  /** The account is trusted: those of its principals may assume the role whose own policies allow it. */
  private admitAllowed(role: Authorised<IamRole>, statement: PolicyStatement): void {
    if (this.assumeRole === undefined) return;
    for (const from of this.principals) {
      if (from.principal.account !== role.principal.account || from.id === role.id) continue;
      const grants = allowing(from.full, this.assumeRole, role.principal.arn);
      const carried = from.groups.some((group) => this.graph.isRelated('CAN_ASSUME', group.id, role.id));
      if (grants.length === 0 || carried) continue;
      const own = grants.map(({ label }) => `${label} (sts:AssumeRole)`);
      this.graph.relate('CAN_ASSUME', from.id, role.id, [...own, evidence(role, statement, 'its account')]);
    }
  }

  private admitForeign(role: Authorised<IamRole>, name: string, statement: PolicyStatement): void {
    const { account } = role.principal;
    const arn = /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
    const id = idOf(account, `external/${arn}`);
    const owner = splitArn(arn)?.account ?? '';
    this.graph.addEntity({
      kind: 'Account',
      id,
      name: arn.endsWith(':root') ? `AWS account ${owner}` : arn,
      status: 'ACTIVE',
      managed: false,
      externalId: arn,
      attributes: { account: owner },
    });
    this.graph.relate('CAN_ASSUME', id, role.id, [evidence(role, statement, name)]);
    const because = `Who stands behind ${arn} (another AWS account) is not in the account details; role ${role.principal.name} trusts it.`;
    this.reading.notes.missing(['HAS_ACCOUNT'], because, id);
  }

  private federate(role: Authorised<IamRole>, provider: string, statement: PolicyStatement): void {
    const { notes } = this.reading;
    const subjects = provider.includes(GITHUB) ? githubSubjects(statement.condition) : [];
    const repositories = new Set(subjects.flatMap((subject) => /^repo:([^:]+)/.exec(subject)?.[1] ?? []));
    if (repositories.size === 0) {
      const because = `Who comes in through identity provider ${provider} is not in the account details; role ${role.principal.name} trusts it.`;
      notes.missing(['HAS_ACCOUNT'], because);
    }
    for (const repository of repositories) {
      const id = idOf(role.principal.account, `oidc/${GITHUB}/${repository}`);
      this.graph.addEntity({
        kind: 'Resource',
        id,
        name: `GitHub repository ${repository}`,
        status: 'ACTIVE',
        resourceType: 'repository',
        externalId: repository,
      });
      const why = evidence(
        role,
        statement,
        subjects.filter((one) => one.startsWith(`repo:${repository}`)).join(', '),
      );
      this.graph.relate('CAN_ASSUME', id, role.id, [why], { needs: 'WRITE' });
      const because = `Who can write to GitHub repository ${repository} is not in the account details; a source that reports it can say that its repository CONTAINS ${id}.`;
      notes.missing(['HAS_ACCOUNT'], because);
    }
  }
}

const evidence = (role: Authorised<IamRole>, statement: PolicyStatement, whom: string) =>
  `${statement.label} of role ${role.principal.name} trusts ${whom}`;
