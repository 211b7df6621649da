import type { EntityKind, EntityStatus } from '../../documents/generated/graphql.js';
import type { ListColumn } from './columns.js';

/** An entity as the fragment `Whole` asks for it: what every kind has, and what some have. */
export interface ListedEntity {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  readonly status: EntityStatus;
  readonly source: { readonly id: string };
  readonly createdAt: string | null;
  readonly lastUsedAt: string | null;
  readonly login?: string | null;
  readonly managed?: boolean;
  readonly tokenType?: string | null;
  readonly expiresAt?: string | null;
  readonly scopes?: readonly string[];
  readonly criticality?: string;
  readonly sensitivity?: string | null;
}

/** Some people or accounts beside a row, as a relationship names them. */
export interface Beside {
  readonly edges: readonly {
    readonly node: { readonly from: { readonly id: string; readonly name: string } };
  }[];
}

/** Their names; where somebody has none but the id, that. */
export const namesOf = (beside: Beside | undefined): string[] =>
  (beside?.edges ?? []).map(({ node }) => node.from.name);

export const idsOf = (beside: Beside | undefined): string[] =>
  (beside?.edges ?? []).map(({ node }) => node.from.id);

export const NAME: ListColumn<Pick<ListedEntity, 'name'>> = {
  name: 'name',
  of: ({ name }) => name,
  style: () => 'strong',
};

export const KIND: ListColumn<Pick<ListedEntity, 'kind'>> = { name: 'kind', of: ({ kind }) => kind };

export const STATUS: ListColumn<Pick<ListedEntity, 'status'>> = {
  name: 'status',
  of: ({ status }) => status,
};

export const SOURCE: ListColumn<Pick<ListedEntity, 'source'>> = {
  name: 'source',
  of: ({ source }) => source.id,
};

export const CREATED: ListColumn<Pick<ListedEntity, 'createdAt'>> = {
  name: 'createdAt',
  unknown: 'unknown',
  of: ({ createdAt }) => createdAt,
};

export const LAST_USED: ListColumn<Pick<ListedEntity, 'lastUsedAt'>> = {
  name: 'lastUsedAt',
  unknown: 'unknown',
  of: ({ lastUsedAt }) => lastUsedAt,
};

export const ID: ListColumn<Pick<ListedEntity, 'id'>> = {
  name: 'id',
  of: ({ id }) => id,
  style: () => 'faint',
};
