import type { GraphDraft } from './graph.js';
import type { Notes } from './notes.js';
import type { Authorisations, Authorised } from './principals.js';

/** What a policy that is not known may give. */
const MAY_GIVE = ['CAN_ACCESS', 'CAN_ASSUME'] as const;

/**
 * Says of each policy that is attached and not known whose reach it may widen: of the user, of the members of the
 * group, or of all users who can act as the role. It comes last, because it follows the relationships that were written.
 */
export function noteUnknown(authorisations: Authorisations, graph: GraphDraft, notes: Notes): void {
  const { users, groups, roles } = authorisations;
  const sentence = ({ principal }: Authorised, arn: string) =>
    `Policy ${arn}, attached to ${principal.what}, is not in the account details: what it allows and denies is unknown.`;
  const lacking = [...users, ...groups, ...roles].filter(({ unknown }) => unknown.length > 0);
  if (lacking.length === 0) return;
  const told = new Set<Authorised>();
  for (const user of users) {
    const reached = reachedFrom(user, graph);
    for (const one of lacking.filter(({ id }) => reached.has(id))) {
      told.add(one);
      for (const arn of one.unknown) notes.missing(MAY_GIVE, sentence(one, arn), user.id);
    }
  }
  // Of what nobody in the account reaches, it is still said.
  for (const one of lacking.filter((other) => !told.has(other))) {
    for (const arn of one.unknown) notes.add(sentence(one, arn));
  }
}

/** The ids of a user, of their groups, narrowed or not, and of all whom they can act as. */
function reachedFrom(user: Authorised, graph: GraphDraft): ReadonlySet<string> {
  const found = new Set([user.id, ...user.narrowed.map(({ id }) => id)]);
  for (const id of found) {
    for (const type of ['MEMBER_OF', 'CAN_ASSUME'] as const) {
      for (const target of graph.targetsOf(type, id)) found.add(target);
    }
  }
  return found;
}
