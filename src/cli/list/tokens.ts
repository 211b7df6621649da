import type { TokensQuery } from '../../documents/generated/graphql.js';
import { listed } from '../../model/unknown.js';
import type { ListColumn } from './columns.js';
import {
  type Beside,
  CREATED,
  ID,
  idsOf,
  LAST_USED,
  type ListedEntity,
  NAME,
  namesOf,
  SOURCE,
  STATUS,
} from './entity-columns.js';

/** A token, who issued it, and the people who have that account. */
type TokenRow = ListedEntity & {
  readonly issuers: {
    readonly edges: readonly {
      readonly node: {
        readonly from: { readonly id: string; readonly name: string; readonly humans: Beside };
      };
    }[];
  };
};

const people = (row: TokenRow) => row.issuers.edges.flatMap(({ node }) => namesOf(node.from.humans));

export const TOKEN_COLUMNS: readonly ListColumn<TokenRow>[] = [
  NAME,
  { name: 'tokenType', unknown: 'unknown', of: ({ tokenType }) => tokenType ?? null },
  { ...STATUS, style: ({ status }) => (status === 'ACTIVE' ? 'faint' : 'warning') },
  { ...SOURCE, hidden: true },
  { name: 'person', unknown: '–', of: (row) => (people(row).length === 0 ? null : people(row)) },
  { name: 'issuedBy', hidden: true, of: (row) => idsOf(row.issuers) },
  CREATED,
  LAST_USED,
  { name: 'expiresAt', unknown: 'never or unknown', of: ({ expiresAt }) => expiresAt ?? null },
  { name: 'scopes', hidden: true, of: ({ scopes }) => scopes ?? [] },
  ID,
];

/** What each time that a filter asks about is in a sentence. */
const TIME_WORDS: Readonly<Record<string, string>> = {
  CREATED_AT: 'age is unknown',
  LAST_USED_AT: 'last use is unknown: that is not "never"',
  EXPIRES_AT: 'expiry is not known, or never comes',
};

/** What the list of tokens does not have: tokens of which a time is unknown, and those nobody looks for. */
export function tokenNotes({ tokens, sources }: TokensQuery): string[] {
  const unseen = sources
    .filter(({ reports }) => reports.includes('Account') && !reports.includes('Token'))
    .map(({ id }) => id);
  return [
    ...tokens.leftOut
      .filter(({ count }) => count > 0)
      .map(
        ({ time, count }) =>
          `! Not in this list: ${count} more, whose ${TIME_WORDS[time] ?? 'time is unknown'}.`,
      ),
    ...(unseen.length === 0
      ? []
      : [
          `! Not known: tokens of ${listed(unseen, 'and')}, which ${unseen.length === 1 ? 'does' : 'do'} not say that ${unseen.length === 1 ? 'it looks' : 'they look'} for tokens.`,
        ]),
  ];
}
