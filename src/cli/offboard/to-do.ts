import { OWN_PREFIX } from '../../model/ids.js';
import type { Line } from '../output.js';
import type { Change, RelationshipName } from './change.js';
import type { PlanView } from './plan-view.js';

type Named = Pick<PlanView, 'named' | 'nameOf'>;

/** How many changes of one action are told; `offboard show --json` has all of its details. */
const SHOWN = 12;

/** What a person has to bring about for an action, change by change: what the plan says will be so afterwards. */
export function toDoLines(changes: readonly Change[], named: Named): Line[] {
  const words = changes.flatMap((change) => changeWords(change, named));
  const more = words.length - SHOWN;
  const told = more > 0 ? [...words.slice(0, SHOWN), `… and ${more} more`] : words;
  return told.map((text): Line => [{ text: `      ${text}`, style: 'faint' }]);
}

function changeWords(change: Change, named: Named): string[] {
  switch (change.change) {
    case 'SET_STATUS':
      return [`~ ${named.nameOf(named.named(change.entity))} is ${change.status}`];
    case 'CREATE': {
      const { scopes } = change.entity.properties;
      return Array.isArray(scopes) && scopes.length > 0 ? [`+ scopes: ${scopes.join(', ')}`] : [];
    }
    case 'OPEN':
      return [`+ ${relationshipWords(change.relationship, named)}`];
    case 'END':
      return [`- ${relationshipWords(change.relationship, named)}`];
  }
}

function relationshipWords({ type, from, to, permission }: RelationshipName, named: Named) {
  const words = permission === undefined ? type : `${type} ${permission}`;
  return `${end(from, named)} → ${words} → ${end(to, named)}`;
}

/** What is made bears the name of what it replaces. */
function end(id: string, named: Named): string {
  const thing = named.named(id);
  return id.startsWith(OWN_PREFIX) ? `${thing.name} (new)` : named.nameOf(thing);
}
