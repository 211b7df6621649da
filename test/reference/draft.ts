import type { Kind } from '../../src/model/kinds.js';
import type { Permission } from '../../src/model/levels.js';
import type { RelationshipType } from '../../src/model/relationships.js';
import type { PlainEntity, PlainGraph, PlainRelationship } from './plain-graph.js';

/** The moment of every hand-made graph. */
export const NOW = 1_000_000;

/** Kind, then status where it is not ACTIVE, and then what is not as usual. */
type Drawn = string | readonly [string, Partial<PlainEntity>];

/**
 * A small graph by hand. Entities: `{ ada: 'Human LEFT', key: ['Token', { expiresAt: NOW }] }`.
 * Relationships: `ada HAS_ACCOUNT a`, with `WRITE` (permission or needs), `optional`, `blind` (without access),
 * `sustains` or `ended` after it.
 */
export function draft(
  entities: Readonly<Record<string, Drawn>>,
  relationships: readonly string[],
): PlainGraph {
  return {
    now: NOW,
    entities: new Map(Object.entries(entities).map(([id, drawn]) => [id, entity(id, drawn)])),
    relationships: relationships.map(relationship),
  };
}

function entity(id: string, drawn: Drawn): PlainEntity {
  const [words, more] = typeof drawn === 'string' ? [drawn, {}] : drawn;
  const [kind, status = 'ACTIVE'] = words.split(' ');
  return { id, kind: kind as Kind, status, source: 'src', ...more };
}

function relationship(line: string): PlainRelationship {
  const [from = '', type, to = '', ...words] = line.split(' ');
  const level = words.find((word) => ['READ', 'WRITE', 'ADMIN'].includes(word)) as Permission | undefined;
  return {
    type: type as RelationshipType,
    from,
    to,
    open: !words.includes('ended'),
    permission: level ?? 'READ',
    needs: level ?? 'WRITE',
    required: !words.includes('optional'),
    access: !words.includes('blind'),
    sustains: words.includes('sustains'),
  };
}

/** What a set or a map holds, by id, to compare with. */
export function ids(found: Iterable<string>): string[] {
  return [...found].sort();
}
