import { ofTypes, stepsOut } from '../../graph/collect-steps.js';
import { type Person, unsharedAccounts } from '../../graph/radii/person.js';
import { OWNERSHIP } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { codeSustains } from '../../model/rows.js';

const owns = ofTypes(OWNERSHIP);

/**
 * Live things that those who leave, or their unshared accounts, sustain as owners, and that go to the successor
 * (semantics, section 4). One that is not effective is among them: once nothing is said to sustain it, it would come
 * alive by itself.
 *
 * @param ends whether a plan ends a thing: then nobody gets it
 */
export function sustainedAsOwner(
  view: GraphView,
  person: Person,
  ends: (thing: EntityNumber) => boolean,
): Set<EntityNumber> {
  const unshared = unsharedAccounts(view, person);
  const found = new Set<EntityNumber>();
  for (const owner of [...person.humans, ...unshared]) {
    for (const { to, code } of stepsOut(view, owner, owns)) {
      if (codeSustains(code) && view.isLive(to) && !unshared.includes(to) && !ends(to)) found.add(to);
    }
  }
  return found;
}
