import type { Millis } from '../../model/time.js';
import { isWorkload, SECRET } from '../kind-codes.js';
import { memoizeByView } from '../per-view.js';
import { eachSustainer } from '../sustaining.js';
import type { EntityNumber, GraphView } from '../view.js';
import { RotationUnits } from './rotation-units.js';
import { isRequirement, isTrigger } from './stopping.js';

/** The time of what is stopped or broken already. */
export const ALREADY: Millis = Number.NEGATIVE_INFINITY;
/** The time of what no expiry stops or breaks. */
export const NEVER: Millis = Number.POSITIVE_INFINITY;

/** When each workload of a view stops working. It is computed once for each view, for as much as is asked about. */
export const workloadTimes: (view: GraphView) => WorkloadTimes = memoizeByView(
  (view) => new WorkloadTimes(view),
);

/**
 * What can happen to an entity, as one integer: it stops, or, as a workload, it breaks. A workload that is only broken
 * goes on sustaining what it sustains.
 */
type Happening = number;
const stopping = (entity: EntityNumber): Happening => entity * 2;
const breaking = (entity: EntityNumber): Happening => entity * 2 + 1;
const entityOf = (happening: Happening): EntityNumber => Math.floor(happening / 2);
const isBreaking = (happening: Happening): boolean => happening % 2 === 1;

/** A reason why something happens: it does when all of these have happened. */
interface Reason {
  readonly of: Happening;
  /** How many of them have not happened yet. */
  left: number;
}

/** Notes that something happens when all of these have happened. */
function wait(waiting: Map<Happening, Reason[]>, of: Happening, all: ReadonlySet<Happening>): void {
  const reason = { of, left: all.size };
  for (const one of all) {
    const reasons = waiting.get(one);
    if (reasons === undefined) waiting.set(one, [reason]);
    else reasons.push(reason);
  }
}

/**
 * When workloads stop working if nothing changes but that credentials expire (semantics, section 3). What is stopped or
 * broken is a least fixpoint at every moment, and it only grows with time; so one pass over the expiries, the earliest
 * first, finds for everything the first moment at which it is.
 */
export class WorkloadTimes {
  private readonly times = new Map<Happening, Millis>();
  private readonly units: RotationUnits;

  constructor(private readonly view: GraphView) {
    this.units = new RotationUnits(view);
  }

  /** When a workload does not work any more: {@link ALREADY}, {@link NEVER}, or the first moment at which it does not. */
  of(workload: EntityNumber): Millis {
    return this.timeOf(breaking(workload));
  }

  /** When an entity is stopped; a workload that only breaks because of others is not. */
  stopOf(entity: EntityNumber): Millis {
    return this.timeOf(stopping(entity));
  }

  /** When every token that a secret's rotation unit stores is stopped; {@link NEVER} where it stores none. */
  emptyAt(secret: EntityNumber): Millis {
    const { tokens } = this.units.of(secret);
    return tokens.length === 0 ? NEVER : Math.max(...tokens.map((token) => this.stopOf(token)));
  }

  private timeOf(happening: Happening): Millis {
    if (!this.times.has(happening)) this.resolve(happening);
    return this.times.get(happening)!;
  }

  /** Finds the time of a happening, and of everything that it may follow from. */
  private resolve(first: Happening): void {
    const found = new Set([first]);
    const waiting = new Map<Happening, Reason[]>();
    const events: { readonly at: Millis; readonly what: Happening }[] = [];
    for (const what of found) {
      const isKnown = this.times.has(what);
      const at = this.times.get(what) ?? this.ownTime(what);
      if (at !== NEVER) events.push({ at, what });
      if (isKnown || at === ALREADY) continue;
      for (const reason of this.reasonsFor(what)) {
        for (const one of reason) found.add(one);
        wait(waiting, what, reason);
      }
    }
    events.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    const happened = new Set<Happening>();
    for (const { at, what } of events) this.happen(what, at, happened, waiting);
    for (const what of found) if (!this.times.has(what)) this.times.set(what, NEVER);
  }

  /** Something happens at a moment, and with it all that follows. */
  private happen(
    first: Happening,
    at: Millis,
    happened: Set<Happening>,
    waiting: ReadonlyMap<Happening, readonly Reason[]>,
  ): void {
    const queue = [first];
    for (let what = queue.pop(); what !== undefined; what = queue.pop()) {
      if (happened.has(what)) continue;
      happened.add(what);
      if (!this.times.has(what)) this.times.set(what, at);
      for (const reason of waiting.get(what) ?? []) {
        reason.left -= 1;
        if (reason.left === 0) queue.push(reason.of);
      }
    }
  }

  /** When it happens whatever else does. */
  private ownTime(what: Happening): Millis {
    if (isBreaking(what)) return NEVER;
    const entity = entityOf(what);
    return this.view.isEffective(entity) ? this.view.expiryOf(entity) : ALREADY;
  }

  private reasonsFor(what: Happening): Set<Happening>[] {
    const entity = entityOf(what);
    const reasons = isBreaking(what) ? this.whyBroken(entity) : this.whyStopped(entity);
    return reasons.filter((all) => all.size > 0);
  }

  private whyBroken(workload: EntityNumber): Set<Happening>[] {
    const { view } = this;
    const reasons = [new Set([stopping(workload)])];
    view.eachOut(
      workload,
      (target, code) => {
        if (!isRequirement(code)) return;
        const broken = isWorkload(view.kindOf(target)) ? breaking(target) : stopping(target);
        reasons.push(new Set([broken]));
      },
      isRequirement.wanted,
    );
    const triggers = new Set<Happening>();
    view.eachIn(
      workload,
      (job, code) => {
        if (isTrigger(code)) triggers.add(breaking(job));
      },
      isTrigger.wanted,
    );
    return [...reasons, triggers];
  }

  private whyStopped(entity: EntityNumber): Set<Happening>[] {
    const { view } = this;
    const sustainers = new Set<Happening>();
    if (view.mayHaveSustainer(entity)) {
      eachSustainer(view, entity, (sustainer) => {
        sustainers.add(stopping(sustainer));
      });
    }
    if (view.kindOf(entity) !== SECRET) return [sustainers];
    return [sustainers, new Set(this.units.of(entity).tokens.map(stopping))];
  }
}
