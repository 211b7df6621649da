import type { ReasonStep } from '../../graph/reason.js';
import { STATUSES } from '../../model/kinds.js';
import { compareUtf8 } from '../../model/utf8.js';
import type { AnyDetails, DetailsOf } from './action-details.js';
import type { Change } from './change.js';
import type { Action, ActionKind, Phase } from './plan.js';

/** An action of one kind as a phase adds it. */
export interface DraftOf<K extends ActionKind> {
  readonly phase: Phase;
  readonly kind: K;
  readonly entity: string;
  readonly source: string;
  readonly changes?: readonly Change[];
  readonly dependsOn?: readonly string[];
  readonly late?: boolean;
  readonly details?: Partial<DetailsOf<K>>;
  readonly because?: readonly ReasonStep[];
}

/** An action as a phase adds it: a union by kind. If several phases add the same action, their drafts are merged. */
export type ActionDraft = { [K in ActionKind]: DraftOf<K> }[ActionKind];

/** The id of an action of a plan. */
export const actionId = (phase: Phase, kind: ActionKind, entity: string): string =>
  `${phase}/${kind}/${entity}`;

/** An action as far as it is planned. */
export interface PlannedDraft {
  readonly kind: ActionKind;
  readonly entity: string;
  readonly source: string;
  readonly changes: readonly Change[];
  readonly details: AnyDetails;
}

/** Statuses of what is not live any more. */
const ENDING: ReadonlySet<string> = new Set(Object.values(STATUSES).map(({ ended }) => ended));

interface Collected {
  readonly draft: ActionDraft;
  readonly changes: Change[];
  readonly dependsOn: Set<string>;
  details: AnyDetails;
  late: boolean;
}

/** What two drafts of one action say: lists are put together, of anything else the later word holds. */
function together(before: AnyDetails, after: AnyDetails): AnyDetails {
  const lists = Object.entries(after).flatMap(([name, value]): [string, unknown][] => {
    const known = before[name as keyof AnyDetails];
    if (!Array.isArray(value) || !Array.isArray(known)) return [];
    return [[name, [...new Set([...known, ...value])].sort(compareUtf8)]];
  });
  return { ...before, ...after, ...Object.fromEntries(lists) };
}

/** Collects the actions of a plan, merges those of one kind for one entity in a phase, and orders them. */
export class PlanDraft {
  private readonly collected = new Map<string, Collected>();

  /** Adds an action, or merges it with the existing one. @returns its id */
  add(draft: ActionDraft): string {
    const id = actionId(draft.phase, draft.kind, draft.entity);
    let known = this.collected.get(id);
    if (known === undefined) {
      known = { draft, changes: [], dependsOn: new Set(), details: {}, late: false };
      this.collected.set(id, known);
    }
    for (const change of draft.changes ?? []) known.changes.push(change);
    for (const before of draft.dependsOn ?? []) known.dependsOn.add(before);
    known.details = together(known.details, draft.details ?? {});
    known.late = known.late || (draft.late ?? false);
    return id;
  }

  has(id: string): boolean {
    return this.collected.has(id);
  }

  /** Ids of everything that some action planned so far ends. */
  endedEntities(): ReadonlySet<string> {
    const ended = new Set<string>();
    for (const { changes } of this.collected.values()) {
      for (const change of changes)
        if (change.change === 'SET_STATUS' && ENDING.has(change.status)) ended.add(change.entity);
    }
    return ended;
  }

  /** Everything planned so far, in the order in which it was added. */
  all(): PlannedDraft[] {
    return [...this.collected.values()].map(({ draft: { kind, entity, source }, changes, details }) => ({
      ...{ kind, entity, source, changes, details },
    }));
  }

  /** What has been planned for a phase so far. */
  inPhase(phase: Phase): { readonly id: string; readonly draft: ActionDraft }[] {
    return [...this.collected]
      .filter(([, { draft }]) => draft.phase === phase)
      .map(([id, { draft }]) => ({ id, draft }));
  }

  /** The path that is the reason of an action. */
  becauseOf(id: string): readonly ReasonStep[] {
    return this.collected.get(id)?.draft.because ?? [];
  }

  /**
   * Actions in the order of semantics section 5: phase, then the longest chain of dependencies inside the
   * phase, then, in phase 3, `isLongLived` first, then kind, then id by UTF-8 bytes.
   */
  ordered(isLongLived: (entity: string) => boolean): Action[] {
    const depths = new Map<string, number>();
    const depthOf = (id: string): number => {
      const known = depths.get(id);
      if (known !== undefined) return known;
      const { draft, dependsOn } = this.collected.get(id)!;
      depths.set(id, 0);
      const inside = [...dependsOn].filter(
        (before) => this.collected.get(before)?.draft.phase === draft.phase,
      );
      const depth = inside.reduce((most, before) => Math.max(most, depthOf(before) + 1), 0);
      depths.set(id, depth);
      return depth;
    };
    const late = this.waiting();
    const keyed = [...this.collected].map(([id, { draft }]) => ({
      id,
      draft,
      depth: depthOf(id),
      rest: draft.phase === 3 && !isLongLived(draft.entity) ? 1 : 0,
    }));
    keyed.sort(
      (a, b) =>
        a.draft.phase - b.draft.phase ||
        a.depth - b.depth ||
        a.rest - b.rest ||
        compareUtf8(a.draft.kind, b.draft.kind) ||
        compareUtf8(a.draft.entity, b.draft.entity),
    );
    return keyed.map(({ id }) => this.build(id, late));
  }

  private build(id: string, late: ReadonlySet<string>): Action {
    const { draft, changes, dependsOn, details } = this.collected.get(id)!;
    const action = {
      id,
      phase: draft.phase,
      kind: draft.kind,
      entity: draft.entity,
      source: draft.source,
      dependsOn: [...dependsOn].filter((before) => this.collected.has(before)).sort(compareUtf8),
      changes,
      early: draft.phase === 2 && !late.has(id),
      details,
    };
    // What several drafts of one action say is put together: together they have all that its kind requires.
    return action as Action;
  }

  /**
   * Everything that has to wait until the last working day is over: what is late, all but phase 2, what depends on one of
   * these, and, since a value is written where it belongs as soon as it is issued, whatever is issued for a secret that
   * has to wait.
   */
  private waiting(): ReadonlySet<string> {
    const next = new Map<string, string[]>();
    const follow = (id: string, follower: string) => {
      const followers = next.get(id);
      if (followers === undefined) next.set(id, [follower]);
      else followers.push(follower);
    };
    const waits = new Set<string>();
    for (const [id, { draft, late, dependsOn }] of this.collected) {
      if (late || draft.phase !== 2) waits.add(id);
      for (const before of dependsOn) {
        follow(before, id);
        const isIssued = this.collected.get(before)?.draft.kind === 'ISSUE_TOKEN';
        if (draft.kind === 'WRITE_SECRET' && isIssued) follow(id, before);
      }
    }
    for (const id of waits) for (const follower of next.get(id) ?? []) waits.add(follower);
    return waits;
  }
}
