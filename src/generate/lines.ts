import type { Kind } from '../model/kinds.js';
import type { RelationshipType } from '../model/relationships.js';
import type { SnapshotEnd, SnapshotLine, SnapshotRelationship } from '../model/snapshot.js';

type Own = Omit<SnapshotRelationship, 'type' | 'from' | 'to'>;

const NOTHING: Own = {};

/**
 * The lines of one unit (a human, a team, a division). They are given out before the next unit begins, so a generator
 * holds only some tens of lines, however large the company is.
 */
export class Lines {
  readonly pending: SnapshotLine[] = [];

  /** Adds an entity. `properties` are those of its kind, and its status where that is not ACTIVE. */
  entity(kind: Kind, id: string, name: string, properties: Readonly<Record<string, unknown>>): void {
    this.pending.push({ entity: { kind, id, name, ...properties } });
  }

  /** Adds a relationship. */
  relate(type: RelationshipType, from: SnapshotEnd, to: SnapshotEnd, own: Own = NOTHING): void {
    this.pending.push({ relationship: { type, from, to, ...own } });
  }
}
