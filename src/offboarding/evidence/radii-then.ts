import type { Reached } from '../../graph/answers.js';
import { StoreGraphProvider } from '../../graph/from-store/store-provider.js';
import { ACCOUNT } from '../../graph/kind-codes.js';
import { type BlindSpot, blindSpots } from '../../graph/radii/blind-spots.js';
import { radiiOf } from '../../graph/radii/radii.js';
import { KINDS } from '../../model/kinds.js';
import { permissionOf } from '../../model/levels.js';
import type { Revision } from '../../model/revision.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { CaseContext } from '../case-context.js';

/** The sizes of a person's radii at one state of the graph, and the blind spots then. */
export interface RadiiThen {
  readonly revision: Revision;
  /** ISO 8601: the moment at which expiry was judged. */
  readonly at: string;
  readonly exposure: number;
  readonly exposureByKind: Readonly<Record<string, number>>;
  readonly highestPermission: string | null;
  readonly continuity: number;
  readonly orphans: number;
  /** Number of members of the cut, dead ones included. */
  readonly cut: number;
  /** Live grants and tokens of the cut. Accounts that the company does not manage are not counted. */
  readonly cutLive: number;
  readonly conflicts: number;
  readonly blindSpots: readonly {
    readonly account: string;
    readonly source: string;
    readonly missing: readonly string[];
    readonly because: string | null;
  }[];
  readonly coverage: readonly { readonly source: string; readonly lastSync: string }[];
}

/**
 * Computes the radii of a person again at an earlier state, without using earlier results.
 *
 * @throws LIMIT_EXCEEDED where it needs more than may be read of the store
 */
export async function radiiThen(
  { store, policy }: CaseContext,
  human: string,
  revision: Revision,
  at: Millis,
): Promise<RadiiThen> {
  const sources = (await store.sources(revision)).filter(({ syncedAt }) => syncedAt > 0);
  const names = new Map(sources.map(({ number, id }) => [number, id]));
  const graphState = new StoreGraphProvider(store).at(revision, at);
  const { rotateReadable } = policy.policy;
  const found = await graphState.query((view) => {
    const start = view.numberOf(human);
    const radii = radiiOf(view, start, { rotateReadable });
    const byKind: Record<string, number> = {};
    let highest = 0;
    for (const { entity, level } of radii.exposure.members) {
      const kind = KINDS[view.kindOf(entity)] as string;
      byKind[kind] = (byKind[kind] ?? 0) + 1;
      if (kind === 'Resource') highest = Math.max(highest, level);
    }
    const isLiveCredential = ({ entity }: Reached) => view.isLive(entity) && view.kindOf(entity) !== ACCOUNT;
    const spot = ({ account, source, missing, because }: BlindSpot) => ({
      account: view.idOf(account),
      source: names.get(source) ?? String(source),
      missing,
      because,
    });
    return {
      exposure: radii.exposure.members.length,
      exposureByKind: byKind,
      highestPermission: highest === 0 ? null : permissionOf(highest as Parameters<typeof permissionOf>[0]),
      continuity: radii.continuity.members.length,
      orphans: radii.orphans.members.length,
      cut: radii.cut.members.length,
      cutLive: radii.cut.members.filter(isLiveCredential).length,
      conflicts: radii.conflicts.length,
      blindSpots: blindSpots(view, start, sources).map(spot),
    };
  });
  const coverage = sources.map(({ id, syncedAt }) => ({ source: id, lastSync: formatTime(syncedAt) }));
  return { revision, at: formatTime(at), ...found, coverage };
}
