import type { Step } from '../../graph/answers.js';
import { GRANT, TOKEN } from '../../graph/kind-codes.js';
import { unsharedAccounts } from '../../graph/radii/person.js';
import { radiiOf } from '../../graph/radii/radii.js';
import type { EntityNumber } from '../../graph/view.js';
import type { Millis } from '../../model/time.js';
import { revocationClosure } from '../decide/revocation-closure.js';
import { notOurs } from '../plan/phases/unmanaged.js';
import { type BeforeRemovalView, beforeRemovalView } from './before-removal.js';
import type { CaseInspection } from './case-inspection.js';
import { derivedCredentials } from './derived-credentials.js';

/** Grants and tokens that must end and that no action of the case is about, each with the path to it. */
export type LateCredentials = ReadonlyMap<EntityNumber, readonly Step[]>;

/**
 * Live credentials that appeared while the case ran (semantics, section 5, I7): those in the cut now, those that were
 * created over an access before the case removed it, and those derived from what it revoked or retired. What the case
 * itself provisioned, and what is derived from that, is not among them. Once the person is back, only credentials
 * derived from what is still dead are.
 */
export function lateCredentials(inspection: CaseInspection): LateCredentials {
  const { view, actions } = inspection.inspected;
  const made = derivedCredentials(view, inspection.numbers(inspection.made)).members;
  const done = inspection.concernedBy('REVOKE_TOKEN', 'REVOKE_GRANT');
  const found = new Map<EntityNumber, readonly Step[]>();
  const add = (entity: EntityNumber, path: () => readonly Step[]) => {
    const kind = view.kindOf(entity);
    if ((kind !== TOKEN && kind !== GRANT) || !view.isLive(entity)) return;
    if (made.has(entity) || done.has(view.idOf(entity)) || found.has(entity)) return;
    found.set(entity, path());
  };
  if (inspection.human !== 0 && !inspection.isBack) {
    const { cut, person } = inspection.radii;
    // What came of the leaver's own accounts elsewhere is not ours to revoke; while it reaches anything, it is exposure.
    const theirs = notOurs(view, unsharedAccounts(view, person));
    const addOurs: typeof add = (entity, path) => {
      if (!theirs.has(entity)) add(entity, path);
    };
    for (const { entity } of cut.members) addOurs(entity, () => cut.pathTo(entity));
    const before = beforeRemovalView(view, inspection.human, actions);
    if (before !== null) inTime(inspection, before, addOurs);
  }
  // What a source shows alive after the person is back was given to them anew, with everything derived from it.
  const isGivenAnew = (entity: EntityNumber) => inspection.isBack && view.isLive(entity);
  const dead = inspection.numbers(done).filter((entity) => !isGivenAnew(entity));
  const isNotEntered = (entity: EntityNumber) =>
    made.has(entity) || (done.has(view.idOf(entity)) && isGivenAnew(entity));
  const revoked = derivedCredentials(view, dead, isNotEntered);
  for (const entity of revoked.members) add(entity, () => revoked.pathTo(entity));
  for (const thing of ended(inspection)) {
    if (isGivenAnew(thing)) continue;
    const { members, paths } = revocationClosure(view, thing);
    for (const entity of members) add(entity, () => paths.pathTo(entity));
  }
  return new Map([...found].sort(([a], [b]) => view.compare(a, b)));
}

/** Adds what the leaver would hold if the case had removed nothing, as far as it existed before the removal. */
function inTime(
  inspection: CaseInspection,
  before: BeforeRemovalView,
  add: (entity: EntityNumber, path: () => readonly Step[]) => void,
): void {
  // Secrets that could only have been read count as known only where the case rotated them.
  const { cut } = radiiOf(before.view, inspection.human, { rotateReadable: 'never' });
  for (const { entity } of cut.members) {
    const path = cut.pathTo(entity);
    const limits = path.flatMap(({ from, to }) => before.endedAt(from, to) ?? []);
    if (limits.length === 0 || appearedAt(inspection, entity) <= Math.min(...limits)) add(entity, () => path);
  }
}

/** When a credential was created; where that is not known, when its source first reported it. */
function appearedAt({ inspected }: CaseInspection, credential: EntityNumber): Millis {
  const { createdAt, firstSeenAt } = inspected.facts.recordOf(credential);
  return createdAt ?? firstSeenAt;
}

/** Entities that end with everything derived from them: those retired, and the target of a revocation. */
function ended(inspection: CaseInspection): EntityNumber[] {
  const { view, input } = inspection.inspected;
  const retired = inspection.numbers(inspection.concernedBy('RETIRE'));
  const isRevoked = input.kind === 'REVOKE' || input.kind === 'RETIRE';
  const target = isRevoked && inspection.target !== 0 ? [inspection.target] : [];
  return [...new Set([...retired, ...target])].filter((thing) => view.kindOf(thing) !== 255);
}
