import { badInput } from '../../model/errors.js';
import { formatTime, parseTime } from '../../model/time.js';
import { compareUtf8 } from '../../model/utf8.js';
import type { Conversion } from '../conversion.js';
import { AccessWriter } from './access.js';
import { loadCatalogue } from './catalogue.js';
import { CredentialWriter, readCredentialReport } from './credential-report.js';
import { type Details, readDetails } from './details.js';
import { addPrincipals } from './entities.js';
import { EscalationWriter } from './escalation.js';
import type { Reading } from './grants.js';
import { GraphDraft } from './graph.js';
import { refuse } from './json.js';
import { ALWAYS_UNREAD, ALWAYS_WIDE, NO_REPORT, Notes } from './notes.js';
import { type Authorisations, authorise } from './principals.js';
import { Resources } from './resources.js';
import { TrustWriter } from './trust.js';
import { noteUnknown } from './unknown-policies.js';
import { WideningWriter } from './widening.js';

/** The kinds and types that the account details have. */
const REPORTS = [
  'Account',
  'Group',
  'ServiceIdentity',
  'Resource',
  'MEMBER_OF',
  'CAN_ASSUME',
  'CAN_ACCESS',
  'CONTAINS',
] as const;

/** The kinds and types that the credential report adds. */
const REPORTED_BESIDE = ['Token', 'ISSUED', 'CREDENTIAL_OF'] as const;

/** What is converted, beside the account details. */
export interface AwsIamOptions {
  /** When the account was read (ISO 8601). */
  readonly syncedAt: string;
  /** The credential report of the same account: its name for messages, and its text (CSV). */
  readonly credentialReport?: { readonly file: string; readonly text: string };
}

/**
 * Converts the output of `aws iam get-account-authorization-details` into one full snapshot.
 *
 * Users become Accounts, groups become Groups, and roles become ServiceIdentities. Their ids are
 * `aws:<account>/user/<path and name>` and the like; their ARNs are the `externalId`s. What policies allow becomes
 * CAN_ACCESS, with AWS's own access levels: List and Read are READ, Write and Tagging are WRITE, Permissions management
 * is ADMIN, and so are all actions together. {@link Resources} explains the Resources. Trust policies, and permissions
 * by which a principal can act as another, become CAN_ASSUME. `evidence` names policies, statements and actions.
 *
 * With the credential report, access keys become Tokens (`aws:<account>/user/<name>/key-1`: the report names places, not
 * keys), and Accounts have `password`, `mfa` and their last use. The same input gives the same bytes.
 *
 * @throws BAD_INPUT that names the place in the input that is wrong, and what to do
 */
export async function convertAwsIam(input: unknown, options: AwsIamOptions): Promise<Conversion> {
  const now = parseTime(options.syncedAt);
  if (now === undefined) {
    throw badInput(
      `syncedAt (${options.syncedAt}) is not a time. Give ISO 8601, as in 2026-11-01T00:00:00Z.`,
    );
  }
  const details = readDetails(input);
  const notes = new Notes();
  const account = mainAccount(details, notes);
  const reading: Reading = { catalogue: await loadCatalogue(), notes, now };
  const { credentialReport } = options;
  const report =
    credentialReport && (await readCredentialReport(credentialReport.file, credentialReport.text));
  const graph = new GraphDraft();
  const authorisations = authorise(details, reading);
  addPrincipals(authorisations, graph);
  const resources = layouts(reading, graph);
  writeRelationships(authorisations, resources.of, reading, graph);
  if (report) new CredentialWriter(authorisations, resources.of, graph, notes).write(report);
  else notes.missing(...NO_REPORT);
  resources.relateContained();
  noteUnknown(authorisations, graph, notes);
  for (const sentence of ALWAYS_WIDE) notes.add(sentence);
  for (const unread of ALWAYS_UNREAD) notes.missing(...unread);
  return {
    document: {
      source: {
        id: `aws:${account}`,
        vendor: 'aws',
        name: `AWS account ${account}`,
        syncedAt: formatTime(now),
        reports: report ? [...REPORTS, ...REPORTED_BESIDE] : REPORTS,
      },
      mode: 'full',
      couldNotRead: notes.sortedUnread(),
      entities: graph.sortedEntities(),
      relationships: graph.sortedRelationships(),
    },
    notes: notes.sorted(),
  };
}

/** The Resources of each account in the file. */
function layouts(reading: Reading, graph: GraphDraft) {
  const all = new Map<string, Resources>();
  return {
    of: (account: string): Resources => {
      const layout = all.get(account) ?? new Resources(account, reading.catalogue.services, graph);
      all.set(account, layout);
      return layout;
    },
    relateContained: () => {
      for (const layout of all.values()) layout.relateContained();
    },
  };
}

function writeRelationships(
  authorisations: Authorisations,
  resources: (account: string) => Resources,
  reading: Reading,
  graph: GraphDraft,
): void {
  const { groups, users, roles } = authorisations;
  const trust = new TrustWriter(authorisations, reading, graph);
  const escalation = new EscalationWriter(authorisations, resources, reading, graph);
  const widening = new WideningWriter(authorisations, resources, reading, graph);
  // Groups come first: the access of a group is not written again for its members.
  const all = [...groups, ...users, ...roles];
  for (const authorised of all) {
    const layout = resources(authorised.principal.account);
    new AccessWriter(reading.catalogue, layout, graph).write(authorised.id, authorised.written);
    escalation.write(authorised);
  }
  for (const role of roles) trust.write(role);
  // Roles first: what a role reaches is not written again for those who can act as it.
  for (const authorised of [...roles, ...groups, ...users]) widening.write(authorised);
  escalation.writeAdministration();
}

/** The account that most principals are in. A file with several accounts is accepted, and a note says so. */
function mainAccount({ users, groups, roles }: Details, notes: Notes): string {
  const counts = new Map<string, number>();
  for (const { account } of [...users, ...groups, ...roles])
    counts.set(account, (counts.get(account) ?? 0) + 1);
  const ranked = [...counts].sort(([a, many], [b, others]) => others - many || compareUtf8(a, b));
  const main = ranked[0];
  if (!main)
    throw refuse('The input', 'has no user, group or role, so it does not say which account it is of');
  for (const [account, count] of ranked.slice(1)) {
    notes.add(
      `The input also has ${count} users, groups and roles of AWS account ${account}; they are reported under the source aws:${main[0]}.`,
    );
  }
  return main[0];
}
