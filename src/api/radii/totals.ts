import type { ReachSet } from '../../graph/answers.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import { hasPermission, type Level, type Permission, permissionOf } from '../../model/levels.js';
import { SENSITIVITIES, type Sensitivity } from '../../model/properties.js';
import { codeOfRole } from '../../model/relationships.js';
import { codeType } from '../../model/rows.js';
import { sensitivityOf } from './flags.js';

/** An exposure in numbers: only what it has. */
export interface Totals {
  /** In the order of the kinds. */
  readonly byKind: ReadonlyMap<Kind, number>;
  /** Resources, the most sensitive first; null: unknown. */
  readonly bySensitivity: ReadonlyMap<Sensitivity | null, number>;
  /** The most that can be done with any resource; null where none is reached. */
  readonly highestPermission: Permission | null;
  /** Grants and Tokens of which no relationship says what they reach: their scopes do. */
  readonly byScopes: readonly EntityNumber[];
}

const RATINGS: readonly (Sensitivity | null)[] = [...[...SENSITIVITIES].reverse(), null];

export function totalsOf(view: GraphView, exposure: ReachSet): Totals {
  const kinds = new Map<Kind, number>();
  const ratings = new Map<Sensitivity | null, number>();
  const byScopes: EntityNumber[] = [];
  let highest: Level = 0;
  for (const { entity, level } of exposure.members) {
    const kind = KINDS[view.kindOf(entity)] as Kind;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (SCOPED.includes(kind) && !saysAccess(view, entity)) byScopes.push(entity);
    if (!hasPermission(kind)) continue;
    const rating = sensitivityOf(view, entity) ?? null;
    ratings.set(rating, (ratings.get(rating) ?? 0) + 1);
    if (level > highest) highest = level;
  }
  return {
    byKind: inOrder(KINDS, kinds),
    bySensitivity: inOrder(RATINGS, ratings),
    highestPermission: highest === 0 ? null : permissionOf(highest),
    byScopes,
  };
}

/** Kinds that have scopes. */
const SCOPED: readonly Kind[] = ['Grant', 'Token'];

const [ACCESS, IMPERSONATION, ISSUANCE] = (['ACCESS', 'IMPERSONATION', 'ISSUANCE'] as const).map(
  (role) => 1 << codeOfRole(role),
) as [number, number, number];

/**
 * Whether a relationship says what a Grant or Token reaches: its own access, that of whoever it stands for, or that of
 * the Grant it came from.
 */
function saysAccess(view: GraphView, entity: EntityNumber): boolean {
  let says = false;
  const types = ACCESS | IMPERSONATION;
  view.eachOut(entity, (_, code) => (says ||= ((types >>> codeType(code)) & 1) === 1), { types });
  if (says || KINDS[view.kindOf(entity)] === 'Grant') return says;
  const ofGrant = (from: EntityNumber, code: number) =>
    ((ISSUANCE >>> codeType(code)) & 1) === 1 && KINDS[view.kindOf(from)] === 'Grant';
  view.eachIn(entity, (from, code) => (says ||= ofGrant(from, code)), { types: ISSUANCE, onlySeen: true });
  return says;
}

function inOrder<K>(order: readonly K[], counts: ReadonlyMap<K, number>): Map<K, number> {
  return new Map(order.flatMap((key) => (counts.has(key) ? [[key, counts.get(key) as number]] : [])));
}
