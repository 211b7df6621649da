import type { Step } from '../../graph/answers.js';
import { sharedAccounts, unsharedAccounts } from '../../graph/radii/person.js';
import type { PersonRadii } from '../../graph/radii/radii.js';
import { isUnmanaged } from '../../graph/radii/spent.js';
import { type ReasonStep, reasonStepOf } from '../../graph/reason.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { EntityRecord } from '../../model/entity.js';
import { PERMISSIONS } from '../../model/levels.js';
import { RULES } from '../../model/relationships.js';
import { codePermission, codeType } from '../../model/rows.js';
import type { Decisions } from '../decide/decisions.js';
import type { OverrideDetails } from '../decide/overrides.js';
import type { RelationshipDetails, RelationshipName } from './change.js';
import type { PlanDraft } from './draft-plan.js';
import type { Mode } from './plan.js';

/** What the planner reads besides the graph: the records of all entities that a plan can touch. */
export interface Facts {
  recordOf(entity: EntityNumber): EntityRecord;
  /** Id of a source by its number. */
  sourceId(source: number): string;
  /** The details of a relationship besides its name. */
  detailsOf(name: RelationshipName): RelationshipDetails;
}

/** Everything that the phases read, and the draft to which they add actions. */
export class PlanContext {
  /** Accounts of the leaver that nobody else who is live has. */
  readonly unshared: readonly EntityNumber[];
  readonly shared: readonly EntityNumber[];

  constructor(
    readonly view: GraphView,
    readonly radii: PersonRadii,
    readonly decisions: Decisions,
    readonly facts: Facts,
    readonly plan: PlanDraft,
    readonly given: {
      readonly mode: Mode;
      /** ISO 8601. */
      readonly evaluatedAt: string;
      readonly successor: string | null;
      readonly overrides: ReadonlyMap<EntityNumber, OverrideDetails>;
    },
  ) {
    const { person } = radii;
    this.unshared = unsharedAccounts(view, person);
    this.shared = sharedAccounts(view, person);
  }

  /** Ids of those who leave, in order; of what the plan is about, where nobody leaves. */
  get leavers(): readonly string[] {
    return this.radii.person.starts.map((start) => this.id(start));
  }

  id(entity: EntityNumber): string {
    return this.view.idOf(entity);
  }

  source(entity: EntityNumber): string {
    return this.facts.sourceId(this.view.sourceOf(entity));
  }

  name(entity: EntityNumber): string {
    return this.facts.recordOf(entity).name;
  }

  /** The successor for an entity: the one that its decision names, else the one of the plan. */
  successorFor(entity: EntityNumber): string | null {
    return this.given.overrides.get(entity)?.successor ?? this.given.successor;
  }

  isManaged(account: EntityNumber): boolean {
    return !isUnmanaged(this.view, account);
  }

  /** The name of a relationship that was visited. `against`: it was visited from the end to which it points. */
  relationship(entity: EntityNumber, other: EntityNumber, code: number, against = false): RelationshipName {
    const type = RULES[codeType(code)]!.type;
    const permission = PERMISSIONS[codePermission(code) - 1];
    const [from, to] = against ? [other, entity] : [entity, other];
    const name = { type, from: this.id(from), to: this.id(to) };
    return permission === undefined ? name : { ...name, permission };
  }

  /** A path of the graph as a reason. */
  because(path: readonly Step[]): ReasonStep[] {
    return path.map((step) => reasonStepOf(this.view, step));
  }

  /** The path that is the reason why an entity is decided about. */
  whyDecided(thing: EntityNumber): ReasonStep[] {
    const { continuity, orphans, cutBreakage, cut } = this.radii;
    const stoodOn = this.decisions.standing.on(thing).filter((target) => cut.has(target));
    const paths = [
      continuity.pathTo(thing),
      orphans.pathTo(thing),
      cutBreakage.paths.pathTo(thing),
      ...stoodOn.map((target) => cut.pathTo(target)),
    ];
    return this.because(paths.find((path) => path.length > 0) ?? []);
  }

  /** Things decided with an action, in order of id. */
  decidedTo(action: 'REHOME' | 'RETIRE' | 'TRANSFER' | 'REVIEW'): EntityNumber[] {
    return [...this.decisions.decided.values()]
      .filter((decision) => decision.action === action)
      .map((decision) => decision.entity);
  }

  isRetired(entity: EntityNumber): boolean {
    return this.decisions.decided.get(entity)?.action === 'RETIRE';
  }
}
