import { ofTypes, stepsOut } from '../../../graph/collect-steps.js';
import { Accountability } from '../../../graph/radii/accountability.js';
import { absenceOf } from '../../../graph/radii/person.js';
import type { ReasonStep } from '../../../graph/reason.js';
import { OWNERSHIP } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { typeOfRole } from '../../../model/relationships.js';
import { codeSustains } from '../../../model/rows.js';
import { sustainedAsOwner } from '../../decide/handed-over.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';
import { opens } from './copies.js';

const isOwnership = ofTypes(OWNERSHIP);

/**
 * Everything that the successor comes to own (semantics, section 4): orphans that stay, what is decided TRANSFER, what
 * the leaver sustained as its owner, and re-homed workloads for which nobody else answers. In order of id. Ask for it
 * when all that the plan ends is planned.
 */
export function needsSuccessor(context: PlanContext): EntityNumber[] {
  const { view, radii } = context;
  const gone = new Accountability(view, absenceOf(radii.person));
  const ended = context.plan.endedEntities();
  const ends = (thing: EntityNumber) => context.isRetired(thing) || ended.has(context.id(thing));
  const orphans = radii.orphans.members.map((member) => member.entity);
  const rehomed = context.decidedTo('REHOME').filter((workload) => !gone.isAnsweredFor(workload));
  const inherited = [...orphans, ...context.decidedTo('TRANSFER'), ...rehomed];
  return [
    ...new Set([
      ...inherited.filter((thing) => !context.isRetired(thing)),
      ...sustainedAsOwner(view, radii.person, ends),
    ]),
  ].sort((a, b) => view.compare(a, b));
}

/** How those who leave own one thing. */
interface Owned {
  readonly ends: Change[];
  readonly because: readonly ReasonStep[];
  /** One of the ownerships sustains the thing: the successor's will. */
  sustains: boolean;
  /** Only who leaves can hand it over: nobody else can act on such an ownership. */
  onlyByLeaver: boolean;
}

/**
 * Ends every ownership of those who leave. Whatever stays and needs somebody gets the successor, with access. What only
 * the leaver can give is given in phase 2, while they are here; all other ownership ends in phase 6, because until
 * phase 3 it may sustain what works.
 */
export function handOverOwnership(context: PlanContext): void {
  const owned = ownedByLeaver(context);
  const inherited = new Set(needsSuccessor(context));
  for (const thing of new Set([...owned.keys(), ...inherited])) {
    const { ends = [], because, sustains = false, onlyByLeaver = false } = owned.get(thing) ?? {};
    const action = { entity: context.id(thing), source: context.source(thing) } as const;
    const why = because ?? context.whyDecided(thing);
    const successor = inherited.has(thing) ? context.successorFor(thing) : null;
    if (successor === null) {
      context.plan.add({ ...action, phase: 6, kind: 'END_RELATIONSHIP', changes: ends, because: why });
      continue;
    }
    const begins = opens(typeOfRole('OWNERSHIP'), successor, action.entity, sustains);
    context.plan.add({
      ...action,
      phase: onlyByLeaver ? 2 : 6,
      kind: 'TRANSFER_OWNERSHIP',
      changes: [...ends, begins],
      details: { to: successor },
      because: why,
    });
  }
}

function ownedByLeaver(context: PlanContext): Map<EntityNumber, Owned> {
  const { view, radii } = context;
  const found = new Map<EntityNumber, Owned>();
  for (const owner of [...radii.person.humans, ...context.unshared]) {
    const isUnmanaged = context.unshared.includes(owner) && !context.isManaged(owner);
    for (const step of stepsOut(view, owner, isOwnership)) {
      const { to, code } = step;
      let owned = found.get(to);
      if (owned === undefined) {
        const because = context.because([...radii.holdings.paths.pathTo(owner), step]);
        owned = { ends: [], because, sustains: false, onlyByLeaver: false };
        found.set(to, owned);
      }
      owned.ends.push({ change: 'END', relationship: context.relationship(owner, to, code) });
      owned.sustains = owned.sustains || codeSustains(code);
      owned.onlyByLeaver = owned.onlyByLeaver || codeSustains(code) || isUnmanaged;
    }
  }
  return found;
}
