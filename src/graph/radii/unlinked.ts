import { ofTypes } from '../collect-steps.js';
import { ACCOUNT } from '../kind-codes.js';
import { LOGIN } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';

const isLogin = ofTypes(LOGIN);

/** Whether an entity is a live account that no human has, whatever the status of the human. */
export function isUnlinked(view: GraphView, entity: EntityNumber): boolean {
  if (view.kindOf(entity) !== ACCOUNT || !view.isLive(entity)) return false;
  let unlinked = true;
  view.eachIn(
    entity,
    (_human, code) => {
      unlinked &&= !isLogin(code, entity);
      return !unlinked;
    },
    isLogin.wanted,
  );
  return unlinked;
}

/**
 * The live accounts that no human has, in order of entity number. It yields undefined for each other entity, so that
 * the caller can give way in between.
 */
export function* unlinkedAccounts(view: GraphView): Generator<EntityNumber | undefined> {
  for (let entity = 1; entity < view.size; entity += 1) yield isUnlinked(view, entity) ? entity : undefined;
}
