import { allowedPairs, type RelationshipRule, RULES } from '../../model/relationships.js';
import { type ReferencePage, table } from './page.js';

const DIRECTIONS = { FORWARD: '→', BACKWARD: '←', BOTH: '↔' } as const;

/** Which way the walk goes, and what it arrives with where that is not the highest level. */
function direction({ walk }: RelationshipRule): string {
  if (walk === null) return '–';
  const gives = {
    FULL: '',
    USED: ', gives USED',
    CONTROL: ', gives USED, on a Resource ADMIN',
    PERMISSION: ', gives its permission',
    SAME: ', same level',
  };
  return `${DIRECTIONS[walk.direction]}${gives[walk.gives]}${walk.ifAccess ? ', if access' : ''}`;
}

/** What the walk has to stand with. */
function needs({ walk }: RelationshipRule): string {
  if (walk === null) return '';
  const held = walk.heldOn.length === 0 ? [] : [`HELD, from ${walk.heldOn.join(', ')}`];
  return [...held, ...(walk.needsPermission ? ['`needs`, from a Resource'] : [])].join('; ');
}

export const relationshipTypesPage = (): ReferencePage => ({
  name: 'relationship-types',
  title: 'Relationship types',
  body: `
There are ${RULES.length} types. A snapshot may relate only the kinds named here; any other pair is refused (rule \`WRONG_PAIR\`). The
table is [\`src/model/relationships.ts\`](../../src/model/relationships.ts); its rules are explained in
[semantics, section 2](../design/semantics.md#2-relationships).

- **exposure**: the walk of a blast radius follows the arrow (→), goes against it (←), goes both ways (↔), or does not go (–).
- **crosses the dead**: the walk also goes on from an entity that has ended.
- **needs**: the level that the walk needs on the entity it stands on.

${table(
  ['type', 'from → to', 'properties', 'exposure', 'crosses the dead', 'needs', 'what offboarding does'],
  RULES.map((rule) => [
    `\`${rule.type}\``,
    allowedPairs(rule.type),
    rule.properties.map((property) => `\`${property}\``).join(', '),
    direction(rule),
    rule.walk?.crossesDead ? 'yes' : 'no',
    needs(rule),
    rule.offboarding,
  ]),
)}
`,
});
