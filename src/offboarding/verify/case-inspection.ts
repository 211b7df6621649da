import type { LazyRadii } from '../../graph/radii/radii.js';
import { radiiOf } from '../../graph/radii/radii.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { EntityRecord } from '../../model/entity.js';
import type { CaseInput } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import type { Facts } from '../plan/context.js';
import type { PlanBody } from '../plan/plan.js';
import type { Policy } from '../policy/policy.js';

/** What phase 7 inspects: what the case did, and the graph at one revision. */
export interface InspectedCase {
  readonly view: GraphView;
  readonly facts: Facts;
  readonly policy: Policy;
  readonly input: CaseInput;
  readonly body: PlanBody;
  readonly actions: readonly CaseAction[];
}

/** What the checks and the sweep of one case have in common, each computed once. */
export class CaseInspection {
  /** The person who leaves; 0 in a case about one thing. */
  readonly human: EntityNumber;
  /** The one thing; 0 where a person leaves. */
  readonly target: EntityNumber;
  readonly radii: LazyRadii;
  /** Ids of everything that the case made. */
  readonly made: ReadonlySet<string>;
  /**
   * Whether the person had left and has been hired again since. The case does not remove what they get from then on
   * (semantics, section 5, after the case).
   */
  readonly isBack: boolean;

  constructor(readonly inspected: InspectedCase) {
    const { view, facts, input, policy, actions } = inspected;
    this.human = input.human === null ? 0 : view.numberOf(input.human);
    this.target = input.target === null ? 0 : view.numberOf(input.target);
    this.radii = radiiOf(view, this.human || this.target, { rotateReadable: policy.rotateReadable });
    const changes = actions.flatMap(({ action }) => action.changes);
    this.made = new Set(changes.flatMap((change) => (change.change === 'CREATE' ? [change.entity.id] : [])));
    const farewell = actions.find(({ action, state }) => action.phase === 7 && state === 'DONE');
    this.isBack =
      this.human !== 0 && farewell !== undefined && isBack(facts.recordOf(this.human), farewell.case);
  }

  /** Ids of the entities of all actions of these kinds, whatever their outcome. */
  concernedBy(...kinds: readonly CaseAction['action']['kind'][]): ReadonlySet<string> {
    const { actions } = this.inspected;
    return new Set(
      actions.filter(({ action }) => kinds.includes(action.kind)).map(({ action }) => action.entity),
    );
  }

  /** The numbers of these ids, without the ids that the graph does not know. */
  numbers(ids: Iterable<string>): EntityNumber[] {
    return [...ids].map((id) => this.inspected.view.numberOf(id)).filter((entity) => entity !== 0);
  }
}

/** Whether a person is back: ACTIVE in their source, or leaving again in another case. A source may report late. */
function isBack({ status, overlay, claim }: EntityRecord, by: string): boolean {
  const another = overlay !== null && overlay.case !== by && claim.reportedAt <= overlay.at;
  return status === 'ACTIVE' || (status === 'LEAVING' && another);
}
