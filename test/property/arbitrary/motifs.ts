import * as fc from 'fast-check';
import type { Kind } from '../../../src/model/kinds.js';
import type { RelationshipType } from '../../../src/model/relationships.js';
import type { Feature } from '../../reference/built.js';
import { type RelationshipDraft, type Traits, traitsArbitrary } from './relationships.js';

/**
 * A few relationships that mean something only together (as real things are written, see mapping). Each edge is
 * a type and two parts; a part is a kind and a number, and the same part is the same entity. A word after them is
 * the permission that it always has, or that it always sustains.
 */
type Edge = readonly [type: RelationshipType, from: string, to: string, always?: 'ADMIN' | 'sustains'];

/** Those that mean nothing where the code does not have a feature yet. */
const NEW_MOTIFS: readonly { readonly needs: readonly Feature[]; readonly edges: readonly Edge[] }[] = [
  // A bot that ends with its owner, its token, and what stands on either.
  {
    needs: ['sustains'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['OWNS', 'Account 1', 'ServiceIdentity 1', 'sustains'],
      ['ISSUED', 'ServiceIdentity 1', 'Token 1', 'sustains'],
      ['USES', 'Job 1', 'Token 1'],
      ['RUNS_AS', 'Job 2', 'ServiceIdentity 1'],
    ],
  },
  // A drive that goes with its user, a file in it and jobs that read it or are kept in it.
  {
    needs: ['sustains', 'DEPENDS_ON Resource'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['OWNS', 'Account 1', 'Resource 1', 'sustains'],
      ['CONTAINS', 'Resource 1', 'Resource 2', 'sustains'],
      ['DEPENDS_ON', 'Job 1', 'Resource 2'],
      ['DEFINED_IN', 'Job 2', 'Resource 2', 'sustains'],
      ['HAS_SECRET', 'Resource 1', 'Secret 1', 'sustains'],
      ['USES', 'Job 3', 'Secret 1'],
    ],
  },
  // An app that goes on while one of its people is left.
  {
    needs: ['sustains'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['HAS_ACCOUNT', 'Human 2', 'Account 2'],
      ['OWNS', 'Account 1', 'App 1', 'sustains'],
      ['OWNS', 'Account 2', 'App 1', 'sustains'],
      ['DEPENDS_ON', 'Job 1', 'App 1'],
    ],
  },
  // Identities that keep each other, and one of them a person.
  {
    needs: ['sustains'],
    edges: [
      ['OWNS', 'ServiceIdentity 1', 'ServiceIdentity 2', 'sustains'],
      ['OWNS', 'ServiceIdentity 2', 'ServiceIdentity 1', 'sustains'],
      ['OWNS', 'Human 1', 'ServiceIdentity 1', 'sustains'],
      ['RUNS_AS', 'Job 1', 'ServiceIdentity 2'],
    ],
  },
  // Keys that end with what they came from, whoever it is that leaves.
  {
    needs: ['sustains'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['ISSUED', 'Account 1', 'Token 1', 'sustains'],
      ['DELEGATED_TO', 'Token 1', 'Token 2', 'sustains'],
      ['USES', 'Job 1', 'Token 2'],
      ['GRANTED', 'Account 1', 'Grant 1', 'sustains'],
      ['USES', 'App 1', 'Grant 1'],
    ],
  },
  // What is declared in a repository.
  {
    needs: ['MANAGES'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['CAN_ACCESS', 'Account 1', 'Resource 1'],
      ['MANAGES', 'Resource 1', 'ServiceIdentity 1'],
      ['MANAGES', 'Resource 1', 'Resource 2'],
      ['MANAGES', 'App 1', 'Account 1'],
      ['CAN_ACCESS', 'ServiceIdentity 1', 'Resource 2'],
    ],
  },
  // A group that somebody may add themselves to.
  {
    needs: ['CAN_ASSUME Group'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['CAN_ASSUME', 'Account 1', 'Group 1'],
      ['CAN_ACCESS', 'Group 1', 'Resource 1'],
      ['CAN_READ', 'Group 1', 'Secret 1'],
    ],
  },
  // Administrators of what nobody owns.
  {
    needs: ['administrators'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['MEMBER_OF', 'Account 1', 'Group 1'],
      ['CAN_ACCESS', 'Group 1', 'Resource 1', 'ADMIN'],
      ['CONTAINS', 'Resource 1', 'Resource 2'],
    ],
  },
  // A personal account whose token opens nothing of ours.
  {
    needs: ['spent'],
    edges: [
      ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
      ['ISSUED', 'Account 1', 'Token 1'],
      ['CREDENTIAL_OF', 'Token 1', 'Account 1'],
      ['GRANTED', 'Account 1', 'Grant 1'],
      ['ISSUED', 'Grant 1', 'Token 2'],
      ['USES', 'Job 1', 'Token 1'],
    ],
  },
];

const OLD_MOTIFS: readonly (readonly Edge[])[] = [
  // A personal token in a secret that a job needs.
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['ISSUED', 'Account 1', 'Token 1'],
    ['STORED_IN', 'Token 1', 'Secret 1'],
    ['USES', 'Job 1', 'Secret 1'],
    ['CAN_ACCESS', 'Token 1', 'Resource 1'],
  ],
  // A job that stands on one person and that another one owns.
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['ISSUED', 'Account 1', 'Token 1'],
    ['USES', 'Job 1', 'Token 1'],
    ['HAS_ACCOUNT', 'Human 2', 'Account 2'],
    ['OWNS', 'Account 2', 'Job 1'],
  ],
  // A consent, its refresh token and the app that needs it.
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['GRANTED', 'Account 1', 'Grant 1'],
    ['TO_APP', 'Grant 1', 'App 1'],
    ['ISSUED', 'Grant 1', 'Token 1'],
    ['USES', 'App 1', 'Grant 1'],
    ['CAN_ACCESS', 'Grant 1', 'Resource 1'],
  ],
  // An account of two people, and a token of it that a job needs.
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['HAS_ACCOUNT', 'Human 2', 'Account 1'],
    ['ISSUED', 'Account 1', 'Token 1'],
    ['USES', 'Job 1', 'Token 1'],
  ],
  // Copies in a circle: a token in one, known by way of another.
  [
    ['COPY_OF', 'Secret 1', 'Secret 2'],
    ['COPY_OF', 'Secret 2', 'Secret 3'],
    ['COPY_OF', 'Secret 3', 'Secret 1'],
    ['STORED_IN', 'Token 1', 'Secret 2'],
    ['KNOWS', 'Human 1', 'Secret 1'],
    ['USES', 'Job 1', 'Secret 3'],
  ],
  // Service identities that own one another, and what they answer for.
  [
    ['OWNS', 'ServiceIdentity 1', 'ServiceIdentity 2'],
    ['OWNS', 'ServiceIdentity 2', 'ServiceIdentity 1'],
    ['OWNS', 'ServiceIdentity 2', 'Job 1'],
    ['OWNS', 'Human 1', 'ServiceIdentity 1'],
  ],
  // Jobs that start a job, in a ring and from outside.
  [
    ['TRIGGERS', 'Job 1', 'Job 3'],
    ['TRIGGERS', 'Job 2', 'Job 3'],
    ['TRIGGERS', 'Job 3', 'Job 2'],
  ],
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['RUNS_AS', 'Job 1', 'Account 1'],
    ['TRIGGERS', 'Job 1', 'Job 2'],
    ['DEPENDS_ON', 'App 1', 'Job 2'],
  ],
  [
    ['DEPENDS_ON', 'App 1', 'Job 1'],
    ['DEPENDS_ON', 'Job 1', 'App 1'],
    ['DEPENDS_ON', 'App 1', 'Account 1'],
  ],
  // A group of one that owns things, and groups within one another.
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['MEMBER_OF', 'Account 1', 'Group 1'],
    ['OWNS', 'Group 1', 'App 1'],
    ['OWNS', 'Group 1', 'Resource 1'],
    ['MEMBER_OF', 'Group 1', 'Group 2'],
    ['MEMBER_OF', 'Group 2', 'Group 1'],
  ],
  // A credential gives an account to use; owning it by another way gives it to hold, and so its token.
  [
    ['KNOWS', 'Human 1', 'Secret 1'],
    ['CREDENTIAL_OF', 'Secret 1', 'Account 2'],
    ['MEMBER_OF', 'Account 2', 'Group 1'],
    ['OWNS', 'Group 1', 'Account 2'],
    ['ISSUED', 'Account 2', 'Token 1'],
    ['GRANTED', 'Account 2', 'Grant 1'],
  ],
  // A personal workstation with a credential store.
  [
    ['OWNS', 'Human 1', 'Resource 1'],
    ['HAS_SECRET', 'Resource 1', 'Secret 1'],
    ['STORED_IN', 'Token 1', 'Secret 1'],
    ['USES', 'Job 1', 'Token 1'],
  ],
  // Vault tokens: parent, child, what the child may read.
  [
    ['ISSUED', 'Account 1', 'Token 1'],
    ['DELEGATED_TO', 'Token 1', 'Token 2'],
    ['DELEGATED_TO', 'Token 2', 'Token 3'],
    ['CAN_READ', 'Token 2', 'Secret 1'],
    ['STORED_IN', 'Token 3', 'Secret 1'],
  ],
  // Somebody else's credential, seen by a person, needed by a job.
  [
    ['KNOWS', 'Human 1', 'Token 1'],
    ['ISSUED', 'ServiceIdentity 1', 'Token 1'],
    ['USES', 'Job 1', 'Token 1'],
    ['RUNS_AS', 'Job 1', 'ServiceIdentity 1'],
  ],
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['CAN_READ', 'Account 1', 'Secret 1'],
    ['STORED_IN', 'Token 1', 'Secret 1'],
    ['CAN_ACCESS', 'Token 1', 'Resource 1'],
    ['USES', 'App 1', 'Secret 1'],
  ],
  // Roles that may be assumed in a circle.
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['CAN_ASSUME', 'Account 1', 'ServiceIdentity 1'],
    ['CAN_ASSUME', 'ServiceIdentity 1', 'ServiceIdentity 2'],
    ['CAN_ASSUME', 'ServiceIdentity 2', 'ServiceIdentity 1'],
    ['CAN_ACCESS', 'ServiceIdentity 2', 'Resource 1'],
    ['ISSUED', 'ServiceIdentity 2', 'Token 1'],
  ],
  // A repository: who may write to it has its secret, its job and its role.
  [
    ['CAN_ACCESS', 'Account 1', 'Resource 1'],
    ['CONTAINS', 'Resource 1', 'Resource 2'],
    ['HAS_SECRET', 'Resource 2', 'Secret 1'],
    ['DEFINED_IN', 'Job 1', 'Resource 2'],
    ['CAN_ASSUME', 'Resource 2', 'ServiceIdentity 1'],
    ['CAN_ACCESS', 'Job 1', 'Resource 1'],
  ],
  // Two levels on one resource, the higher one by the longer way.
  [
    ['HAS_ACCOUNT', 'Human 1', 'Account 1'],
    ['CAN_ACCESS', 'Account 1', 'Resource 1'],
    ['MEMBER_OF', 'Account 1', 'Group 1'],
    ['OWNS', 'Group 1', 'Resource 1'],
  ],
];

const motifsOf = (built: ReadonlySet<Feature>): readonly (readonly Edge[])[] => [
  ...OLD_MOTIFS,
  ...NEW_MOTIFS.filter(({ needs }) => needs.every((feature) => built.has(feature))).map(({ edges }) => edges),
];

/** A motif upon entities that numbers pick: its relationships, each with traits of its own. */
export const motifArbitrary = (built: ReadonlySet<Feature>): fc.Arbitrary<readonly RelationshipDraft[]> =>
  fc
    .constantFrom(...motifsOf(built))
    .chain((edges) =>
      fc
        .tuple(
          fc.array(fc.nat(29), { minLength: 4, maxLength: 4 }),
          fc.array(traitsArbitrary, { minLength: edges.length, maxLength: edges.length }),
        )
        .map(([picks, traits]) => edges.map((edge, at) => draft(edge, picks, traits[at] as Traits))),
    );

function draft([type, from, to, always]: Edge, picks: readonly number[], said: Traits): RelationshipDraft {
  const traits = {
    ...said,
    ...(always === 'sustains' ? { sustains: true } : {}),
    ...(always === 'ADMIN' ? { permission: 'ADMIN' } : {}),
  };
  return { type, from: part(from, picks), to: part(to, picks), traits };
}

/** Parts of one kind are picked next to one another, so that two of them seldom fall together. */
function part(words: string, picks: readonly number[]): RelationshipDraft['from'] {
  const [kind = '', number = '1'] = words.split(' ');
  const base = picks[kind.length % picks.length] ?? 0;
  return { kinds: [kind as Kind], at: base + Number(number) - 1 };
}
