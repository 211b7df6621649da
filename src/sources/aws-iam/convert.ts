import { badInput } from '../../model/errors.js';
import type { SnapshotDocument } from '../../model/snapshot.js';
import { formatTime, parseTime } from '../../model/time.js';
import { compareUtf8 } from '../../model/utf8.js';
import { AccessWriter } from './access.js';
import { loadCatalogue } from './catalogue.js';
import { type Details, readDetails } from './details.js';
import { addPrincipals } from './entities.js';
import { EscalationWriter } from './escalation.js';
import type { Reading } from './grants.js';
import { GraphDraft } from './graph.js';
import { refuse } from './json.js';
import { ALWAYS_MISSING, Notes } from './notes.js';
import { type Authorisations, authorise } from './principals.js';
import { Resources } from './resources.js';
import { TrustWriter } from './trust.js';

/**
 * The kinds and types that the file reports. Tokens are not among them: access keys are in the credential report
 * only.
 */
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

/** The result of a conversion. */
export interface AwsIamConversion {
  readonly document: SnapshotDocument;
  /** Sentences, sorted, that say in which points the document is not complete. */
  readonly incomplete: readonly string[];
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
 * The same input gives the same bytes. `options.syncedAt` is when the account was read (ISO 8601).
 *
 * @throws BAD_INPUT that names the place in the input that is wrong, and what to do
 */
export async function convertAwsIam(
  input: unknown,
  options: { readonly syncedAt: string },
): Promise<AwsIamConversion> {
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
  const graph = new GraphDraft();
  const authorisations = authorise(details, reading);
  addPrincipals(authorisations, graph);
  writeRelationships(authorisations, reading, graph);
  for (const sentence of ALWAYS_MISSING) notes.add(sentence);
  return {
    document: {
      source: {
        id: `aws:${account}`,
        vendor: 'aws',
        name: `AWS account ${account}`,
        syncedAt: formatTime(now),
        reports: REPORTS,
      },
      mode: 'full',
      entities: graph.sortedEntities(),
      relationships: graph.sortedRelationships(),
    },
    incomplete: notes.sorted(),
  };
}

function writeRelationships(authorisations: Authorisations, reading: Reading, graph: GraphDraft): void {
  const { groups, users, roles } = authorisations;
  const layouts = new Map<string, Resources>();
  const resources = (account: string) => {
    const layout = layouts.get(account) ?? new Resources(account, reading.catalogue.services, graph);
    layouts.set(account, layout);
    return layout;
  };
  const trust = new TrustWriter(authorisations, reading, graph);
  const escalation = new EscalationWriter(authorisations, resources, reading, graph);
  // Groups come first: the access of a group is not written again for its members.
  for (const authorised of [...groups, ...users, ...roles]) {
    new AccessWriter(reading.catalogue, resources(authorised.principal.account), graph).write(authorised);
    escalation.write(authorised);
  }
  for (const role of roles) trust.write(role);
  escalation.writeAdministration();
  for (const layout of layouts.values()) layout.relateContained();
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
