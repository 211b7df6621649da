import type { SnapshotCouldNotRead } from '../../model/snapshot.js';
import { compareUtf8 } from '../../model/utf8.js';

/** Collects what the document is not sure of, each sentence once. */
export class Notes {
  private readonly sentences = new Set<string>();
  private readonly unread = new Map<string, SnapshotCouldNotRead>();

  /** Says how something was read that the converter cannot evaluate: it is written wider than it may be. */
  add(sentence: string): void {
    this.sentences.add(sentence);
  }

  /** Says what could not be read: it may give more than is written. `account`: the one Account that it is about. */
  missing(kinds: readonly string[], because: string, account?: string): void {
    const unread = { kinds, ...(account === undefined ? {} : { account }), because };
    this.unread.set(JSON.stringify([because, account ?? '', kinds]), unread);
  }

  sorted(): string[] {
    return [...this.sentences].sort(compareUtf8);
  }

  sortedUnread(): SnapshotCouldNotRead[] {
    return [...this.unread.entries()].sort(([a], [b]) => compareUtf8(a, b)).map(([, unread]) => unread);
  }
}

/** How every such document is read. */
export const ALWAYS_WIDE = [
  'Service control policies and resource control policies of the organisation are not in this input: what they deny is shown as allowed.',
  'Access to a service, or to an ARN pattern, is written with the highest level of any action allowed on it and is handed down to what it contains: single actions may reach less.',
  'A role that may be passed to a service is shown as one that the principal can act as, also where the service does only certain things with it.',
] as const;

/**
 * What no such input has. The kinds are those that the source never reports: what it does report has to end when it is
 * gone, and what is said to be unread does not.
 */
export const ALWAYS_UNREAD: readonly (readonly [kinds: readonly string[], because: string])[] = [
  [
    ['CAN_READ', 'Secret'],
    'Policies of resources (secrets, buckets, keys, queues, …) are not in the account details: access that only they give is not shown.',
  ],
  [
    ['Job', 'RUNS_AS'],
    'What runs in the account (functions, instances, stacks, notebooks) is not in the account details: taking over an existing one, with its role, is not shown.',
  ],
  [
    ['KNOWS'],
    'Sessions of roles that are open now, SSH keys and service-specific credentials of users, and who knows which key, are listed in neither the account details nor the credential report.',
  ],
];

/** What is missing where no credential report stands beside the account details. */
export const NO_REPORT: readonly [kinds: readonly string[], because: string] = [
  ['CREDENTIAL_OF', 'ISSUED', 'Token'],
  'Access keys, passwords, MFA and their last use are in the credential report, which was not given.',
];
