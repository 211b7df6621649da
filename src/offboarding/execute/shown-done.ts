import { CASES } from '../../model/claims.js';
import type { EntityRecord, RelationshipRecord } from '../../model/entity.js';
import { isLiveStatus } from '../../model/kinds.js';
import { formatTime } from '../../model/time.js';
import type { Store } from '../../store/store.js';
import type { ActionState, CaseAction } from '../case/case-action.js';
import type { Change, RelationshipName } from '../plan/change.js';
import type { ActionKind } from '../plan/plan.js';
import { shows } from '../verify/observed.js';

/** An action that was asked for and that its source shows as done. */
export interface ShownDone {
  readonly action: CaseAction;
  /** What shows it: the source, and when it was read. */
  readonly reference: string;
}

/** States of actions that were asked for and have no outcome, or were refused: somebody may have done them all the same. */
const ASKED_FOR: readonly ActionState[] = ['WAITING_FOR_PERSON', 'REQUESTED', 'IRREVOCABLE'];

/** Whether an action was asked for, and a source may show that it is done. */
export const isAskedFor = ({ state, action }: CaseAction): boolean =>
  ASKED_FOR.includes(state) && action.phase !== 7;

/**
 * Changes nothing in the graph, and is so once the account has ended: nobody can sign in to it. That its sessions have
 * ended is shown by nothing: they may outlive it.
 */
const ENDED_WITH_ACCOUNT: ActionKind = 'LOCK_ACCOUNT';

/**
 * Of actions that were asked for, those that the sources show as done by now: whoever did them need not attest what
 * everybody can see. What only the case itself says of an entity or a relationship does not count.
 */
export async function shownDone(
  store: Pick<Store, 'entities' | 'relationships' | 'sources' | 'head'>,
  actions: readonly CaseAction[],
): Promise<ShownDone[]> {
  const asked = actions.filter(isAskedFor);
  if (asked.length === 0) return [];
  const { revision } = await store.head();
  const ids = new Set(asked.flatMap(({ action }) => [action.entity, ...action.changes.flatMap(idsIn)]));
  const found = await store.entities([...ids], revision);
  const records = new Map(found.flatMap((record) => (record === undefined ? [] : [[record.id, record]])));
  const open = await openOnes(store, revision, asked, records);
  const sources = new Map((await store.sources(revision)).map(({ number, id }) => [number, id]));
  return asked.flatMap((action) => {
    const record = records.get(action.action.entity);
    if (record === undefined || !isShown(action, record, records, open)) return [];
    const source = sources.get(record.source) ?? action.action.source;
    return [{ action, reference: `${source}, as read at ${formatTime(record.claim.reportedAt)}` }];
  });
}

type Records = ReadonlyMap<string, EntityRecord>;

function isShown(
  { action, requestedAt }: CaseAction,
  record: EntityRecord,
  records: Records,
  open: ReadonlyMap<string, boolean>,
): boolean {
  if (action.kind === ENDED_WITH_ACCOUNT) return hasEnded(record);
  if (action.kind === 'ROTATE_SECRET') {
    const { rotatedAt } = record.properties;
    const since = requestedAt === null ? Number.POSITIVE_INFINITY : Date.parse(requestedAt);
    return hasEnded(record) || (typeof rotatedAt === 'number' && rotatedAt >= since);
  }
  if (action.changes.length === 0) return false;
  return action.changes.every((change) => isSo(change, records, open));
}

/** Whether the sources show one change of an action. What a case makes, none of them reports under its id. */
function isSo(change: Change, records: Records, open: ReadonlyMap<string, boolean>): boolean {
  if (change.change === 'CREATE') return false;
  if (change.change !== 'SET_STATUS')
    return open.get(keyOf(change.relationship)) === (change.change === 'OPEN');
  const changed = records.get(change.entity);
  return changed !== undefined && shows(changed.kind, changed.claim, change.status);
}

/** Whether a source says that an entity has ended, whatever a case set on it. */
const hasEnded = ({ kind, claim }: EntityRecord): boolean =>
  !claim.present || !isLiveStatus(kind, claim.status);

/** For each relationship of these actions, whether sources say that it is open; left out where none of them says. */
async function openOnes(
  store: Pick<Store, 'relationships'>,
  revision: number,
  actions: readonly CaseAction[],
  records: Records,
): Promise<ReadonlyMap<string, boolean>> {
  const names = actions.flatMap(({ action }) =>
    action.changes.flatMap((change) =>
      change.change === 'END' || change.change === 'OPEN' ? [change.relationship] : [],
    ),
  );
  const known = names.flatMap((name) => {
    const [from, to] = [records.get(name.from), records.get(name.to)];
    return from === undefined || to === undefined ? [] : [{ name, from: from.number, to: to.number }];
  });
  if (known.length === 0) return new Map();
  const keys = known.map(({ name, from, to }) => {
    const { type, permission = null } = name;
    return { type, from, to, permission };
  });
  const found = await store.relationships(keys, revision);
  return new Map(
    known.flatMap(({ name }, at) => {
      const isOpen = reportedOpen(found[at]);
      return isOpen === undefined ? [] : [[keyOf(name), isOpen]];
    }),
  );
}

/**
 * Whether sources say that a relationship is open; undefined where none of them says: what cases alone have opened is
 * ended by a case and not by the silence of sources, and what was taken back with its source was not ended.
 */
function reportedOpen(record: RelationshipRecord | undefined): boolean | undefined {
  const reports = record?.claims.filter(({ source }) => source !== CASES) ?? [];
  if (record === undefined || reports.length === 0) return undefined;
  if (reports.some(({ open }) => open)) return true;
  return record.open ? undefined : false;
}

const keyOf = ({ type, from, to, permission }: RelationshipName): string =>
  JSON.stringify([type, from, to, permission ?? null]);

function idsIn(change: Change): string[] {
  if (change.change === 'SET_STATUS') return [change.entity];
  if (change.change === 'CREATE') return [];
  return [change.relationship.from, change.relationship.to];
}
