import { ofTypes, stepsInto } from '../../../graph/collect-steps.js';
import { APP } from '../../../graph/kind-codes.js';
import { DECLARATION } from '../../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../../graph/view.js';
import { ruleOf } from '../../../model/relationships.js';
import type { Change } from '../change.js';
import type { Facts } from '../context.js';
import type { PlanDraft, PlannedDraft } from '../draft-plan.js';

const declares = ofTypes(DECLARATION);

/**
 * Phase 6, what is declared elsewhere: one action for each effective Resource or App that MANAGES something that the
 * plan changes, naming all that has to be changed there. What is ended at the thing alone comes back. Ask for it when
 * all else is planned.
 */
export function declareElsewhere(
  { view, facts }: { readonly view: GraphView; readonly facts: Facts },
  plan: PlanDraft,
): void {
  const drafts = plan.all();
  const sourceOf = (place: EntityNumber) => facts.sourceId(view.sourceOf(place));
  const things = new Map<EntityNumber, Set<string>>();
  for (const id of new Set(drafts.flatMap(changedBy))) {
    const thing = view.numberOf(id);
    if (thing === 0) continue;
    for (const { to: place } of stepsInto(view, thing, declares)) {
      if (!view.isEffective(place)) continue;
      const known = things.get(place);
      if (known === undefined) things.set(place, new Set([id]));
      else known.add(id);
    }
  }
  const disabledIn = new Set(
    drafts.filter(({ kind }) => kind === 'DISABLE_ACCOUNT').map(({ source }) => source),
  );
  for (const [place, of] of things) {
    // A directory takes what it provisioned along when the account in it is disabled.
    if (view.kindOf(place) === APP && disabledIn.has(sourceOf(place))) continue;
    plan.add({
      phase: 6,
      kind: 'CHANGE_DECLARATION',
      entity: view.idOf(place),
      source: sourceOf(place),
      details: { things: [...of].sort((a, b) => view.compare(view.numberOf(a), view.numberOf(b))) },
    });
  }
}

/** Ids of all that an action changes and that may be declared somewhere. */
function changedBy({ kind, entity, changes }: PlannedDraft): string[] {
  if (changes.length === 0) return [];
  const changed = changes.flatMap((change): string[] => {
    if (change.change === 'SET_STATUS') return [change.entity];
    return change.change === 'END' && !(kind === 'ROTATE_SECRET' && isOfRotation(change))
      ? [change.relationship.from]
      : [];
  });
  return kind === 'END_RELATIONSHIP' ? changed : [entity, ...changed];
}

/** Nobody declares what a secret stores, or who has seen its value. */
function isOfRotation({ relationship }: Extract<Change, { change: 'END' }>): boolean {
  return ['KNOWLEDGE', 'CUSTODY'].includes(ruleOf(relationship.type).role);
}
