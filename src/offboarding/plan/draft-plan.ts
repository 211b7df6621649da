import type { ReasonStep } from '../../graph/reason.js';
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

interface Collected {
  readonly draft: ActionDraft;
  readonly changes: Change[];
  readonly dependsOn: Set<string>;
  details: AnyDetails;
  late: boolean;
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
    known.details = { ...known.details, ...draft.details };
    known.late = known.late || (draft.late ?? false);
    return id;
  }

  has(id: string): boolean {
    return this.collected.has(id);
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
    const early = new Map<string, boolean>();
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
    return keyed.map(({ id }) => this.build(id, early));
  }

  private build(id: string, early: Map<string, boolean>): Action {
    const { draft, changes, dependsOn, details } = this.collected.get(id)!;
    const action = {
      id,
      phase: draft.phase,
      kind: draft.kind,
      entity: draft.entity,
      source: draft.source,
      dependsOn: [...dependsOn].filter((before) => this.collected.has(before)).sort(compareUtf8),
      changes,
      early: this.isEarly(id, early),
      details,
    };
    // What several drafts of one action say is put together: together they have all that its kind requires.
    return action as Action;
  }

  /** Whether an action may run before the last working day: one of phase 2 that neither is late nor depends on one. */
  private isEarly(id: string, known: Map<string, boolean>): boolean {
    const before = known.get(id);
    if (before !== undefined) return before;
    const { draft, late, dependsOn } = this.collected.get(id)!;
    known.set(id, false);
    const result =
      draft.phase === 2 &&
      !late &&
      [...dependsOn].every((other) => !this.collected.has(other) || this.isEarly(other, known));
    known.set(id, result);
    return result;
  }
}
