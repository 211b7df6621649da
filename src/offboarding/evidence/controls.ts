import { unknownIn } from '../../model/unknown.js';
import type { AnyDetails } from '../plan/action-details.js';
import type { ActionKind } from '../plan/plan.js';
import type { Gathered } from './gathered.js';
import { lasting } from './lasting.js';
import { isSimulated } from './removals.js';

/** A control of a published framework, and the facts of a case that evidence it. */
export interface Control {
  readonly framework: string;
  readonly id: string;
  readonly name: string;
  /** Sentences with figures of the case; where there are none, the control is not in the list. */
  readonly facts: readonly string[];
}

type Rule = Omit<Control, 'facts'> & { readonly facts: (pack: Gathered) => readonly (string | null)[] };

const OWASP = 'OWASP Non-Human Identities Top 10 2025';
const CSF = 'NIST Cybersecurity Framework 2.0';
const RMF = 'NIST AI Risk Management Framework 1.0';
const ISO = 'ISO/IEC 27001:2022, Annex A';
const SOC = 'SOC 2, Trust Services Criteria';

/** The controls, each with the facts that evidence it. A control is listed only where the case has such facts. */
const RULES: readonly Rule[] = [
  {
    framework: OWASP,
    id: 'NHI1:2025',
    name: 'Improper Offboarding',
    facts: (pack) => [
      done(pack, ['REVOKE_TOKEN', 'REVOKE_GRANT'], 'Credentials made in the leaver’s name and revoked'),
      done(pack, ['RETIRE'], 'Things retired'),
      invariant(pack, 'I1'),
    ],
  },
  {
    framework: OWASP,
    id: 'NHI2:2025',
    name: 'Secret Leakage',
    facts: (pack) => [
      done(pack, ['ROTATE_SECRET'], 'Secrets rotated, which the leaver knew or which held such a credential'),
    ],
  },
  {
    framework: OWASP,
    id: 'NHI3:2025',
    name: 'Vulnerable Third-Party NHI',
    facts: (pack) => [done(pack, ['REVOKE_GRANT'], 'Consents revoked that let apps act for the leaver')],
  },
  {
    framework: OWASP,
    id: 'NHI5:2025',
    name: 'Overprivileged NHI',
    facts: (pack) => [
      done(
        pack,
        ['PROVISION_IDENTITY'],
        'Identities made with the access of the account they stand for, and without its memberships',
        ({ details }: Detailed) => details.groupsNotCopied !== undefined,
      ),
      done(
        pack,
        ['PROVISION_GRANT', 'ISSUE_TOKEN'],
        'Grants and tokens replaced, each with the scopes and the access of the old one and no more',
      ),
    ],
  },
  {
    framework: OWASP,
    id: 'NHI7:2025',
    name: 'Long-Lived Secrets',
    facts: (pack) => [done(pack, ['REVOKE_TOKEN'], 'Tokens revoked, the long-lived ones first')],
  },
  {
    framework: OWASP,
    id: 'NHI9:2025',
    name: 'NHI Reuse',
    facts: (pack) => [
      done(pack, ['PROVISION_IDENTITY'], 'Managed identities made, each for one workload alone'),
    ],
  },
  {
    framework: OWASP,
    id: 'NHI10:2025',
    name: 'Human Use of NHI',
    facts: (pack) => [
      done(
        pack,
        ['ISSUE_TOKEN'],
        'Credentials of services issued anew, because a person knew them',
        ({ details }: Detailed) => details.for === undefined,
      ),
      done(pack, ['RESET_SIGN_IN'], 'Shared accounts given another sign-in'),
    ],
  },
  {
    framework: CSF,
    id: 'PR.AA-01',
    name: 'Identities and credentials for authorized users, services, and hardware are managed by the organization',
    facts: (pack) => [
      done(pack, ['DISABLE_ACCOUNT', 'LOCK_ACCOUNT'], 'Accounts disabled or locked'),
      done(
        pack,
        ['PROVISION_IDENTITY', 'PROVISION_GRANT', 'ISSUE_TOKEN'],
        'Identities, grants and tokens made to stand in their place',
      ),
    ],
  },
  {
    framework: CSF,
    id: 'PR.AA-05',
    name: 'Access permissions, entitlements, and authorizations are defined in a policy, managed, enforced, and reviewed, and incorporate the principles of least privilege and separation of duties',
    facts: (pack) => [
      `Decided by the policy ${pack.plan.body.policyHash ?? '(none applies)'}.`,
      separation(pack),
      done(pack, ['END_RELATIONSHIP'], 'Things of which memberships or other access were ended'),
    ],
  },
  {
    framework: RMF,
    id: 'GOVERN 1.7',
    name: 'Processes and procedures are in place for decommissioning and phasing out AI systems safely',
    facts: ({ agents }) => agents.map(({ id, what }) => `The AI agent ${id}: ${what}.`),
  },
  {
    framework: RMF,
    id: 'GOVERN 2.1',
    name: 'Roles and responsibilities related to mapping, measuring, and managing AI risks are documented and clear',
    facts: ({ agents }) => agents.map(({ id, owners }) => `${answering(owners)} for the AI agent ${id}.`),
  },
  {
    framework: ISO,
    id: 'A.5.18',
    name: 'Access rights',
    facts: (pack) => [
      `Exposure: ${pack.radii?.before.exposure ?? 'unknown'} before, ${pack.radii?.after?.exposure ?? 'not verified'} after${unknownIn(pack.visibility).length === 0 ? '' : ', as far as the sources look'}.`,
      invariant(pack, 'I1'),
    ],
  },
  {
    framework: ISO,
    id: 'A.6.5',
    name: 'Responsibilities after termination or change of employment',
    facts: (pack) => [
      done(pack, ['TRANSFER_OWNERSHIP'], 'Things given an owner who answers for them'),
      invariant(pack, 'I4'),
    ],
  },
  {
    framework: SOC,
    id: 'CC6.2',
    name: 'Access is removed when user access is no longer authorized',
    facts: (pack) => [
      done(pack, ['DISABLE_ACCOUNT', 'RESET_SIGN_IN', 'END_SESSIONS'], 'Sign-ins ended'),
      slowest(pack),
    ],
  },
  {
    framework: SOC,
    id: 'CC6.3',
    name: 'Access is authorized, modified, or removed based on roles, least privilege and segregation of duties',
    facts: (pack) => [separation(pack), invariant(pack, 'I5')],
  },
];

/** The controls that a case evidences, in the order of the table. */
export function controlsOf(pack: Gathered): Control[] {
  return RULES.map(({ facts, ...control }) => ({
    ...control,
    facts: facts(pack).filter((fact) => fact !== null),
  })).filter(({ facts }) => facts.length > 0);
}

/** The details of an action of any kind. */
interface Detailed {
  readonly details: AnyDetails;
}

/** How many actions of some kinds were done, and how many only simulated, as sentences; null where none was. */
function done(
  { actions }: Gathered,
  kinds: readonly ActionKind[],
  what: string,
  counts: (action: Detailed) => boolean = () => true,
): string | null {
  const done = actions.filter(
    ({ action, state }) => state === 'DONE' && kinds.includes(action.kind) && counts(action),
  );
  const pretended = done.filter(isSimulated).length;
  return done.length === 0 ? null : `${what}: ${done.length - pretended}.${simulatedToo(pretended)}`;
}

/** That some more were only simulated, as a sentence; empty where none was. */
const simulatedToo = (count: number): string =>
  count === 0 ? '' : ` ${count} more ${count === 1 ? 'was' : 'were'} SIMULATED, with nothing outside called.`;

const answering = (owners: readonly string[]): string =>
  owners.length === 0
    ? 'Nobody is named to answer'
    : `${owners.join(', ')} ${owners.length === 1 ? 'answers' : 'answer'}`;

function invariant({ verification }: Gathered, name: string): string | null {
  const check = verification?.checks.find((found) => found.invariant === name);
  return check === undefined ? null : `${name} ${check.holds ? 'holds' : 'does NOT hold'}: ${check.evidence}`;
}

function separation({ case: offboarding }: Gathered): string | null {
  if (offboarding.approved === null) return null;
  return `Planned by ${offboarding.planned.subject}, approved by ${offboarding.approved.subject}, who had no part in the plan.`;
}

function slowest({ removals }: Gathered): string | null {
  const times = removals.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  const pretended = removals.filter(({ simulated }) => simulated).length;
  if (times.length === 0)
    return pretended === 0
      ? null
      : `0 of ${removals.length} removals are done: ${pretended} were SIMULATED, with nothing outside called.`;
  const last = lasting(Math.max(...times));
  const when = last.endsWith('before') ? `${last} the departure` : `${last} after the departure`;
  return `${times.length} of ${removals.length} removals are done, the last of them ${when}.${simulatedToo(pretended)}`;
}
