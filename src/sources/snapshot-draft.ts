import { idProblem } from '../model/ids.js';
import type { RelationshipType } from '../model/relationships.js';
import type {
  SnapshotCouldNotRead,
  SnapshotEnd,
  SnapshotEntity,
  SnapshotRelationship,
} from '../model/snapshot.js';
import { compareUtf8 } from '../model/utf8.js';
import type { Conversion } from './conversion.js';
import { RowProblems } from './row-problems.js';

/** What the header of a snapshot says of its source. */
export interface DraftSource {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  /** ISO 8601. */
  readonly syncedAt: string;
  readonly reports: readonly string[];
}

/** Properties with values that may be left out. */
type Properties = Readonly<Record<string, unknown>>;

/** Collects a full snapshot: each entity and relationship once; sorted, so that the same input gives the same bytes. */
export class SnapshotDraft {
  private readonly entities = new Map<string, SnapshotEntity>();
  private readonly relationships = new Map<string, SnapshotRelationship>();
  private readonly unread = new Map<string, SnapshotCouldNotRead>();
  private readonly notes = new Set<string>();

  /** Adds an entity, without what is undefined. False where there is one with its id: that stays as it is. */
  add(entity: SnapshotEntity): boolean {
    if (this.entities.has(entity.id)) return false;
    this.entities.set(entity.id, withoutUndefined(entity) as SnapshotEntity);
    return true;
  }

  has(id: string): boolean {
    return this.entities.has(id);
  }

  /** Adds a relationship, where there is none of its type and permission between its ends. */
  relate(type: RelationshipType, from: SnapshotEnd, to: SnapshotEnd, properties: Properties = {}): void {
    const relationship = withoutUndefined({ type, from, to, ...properties });
    const key = JSON.stringify([type, from, to, properties.permission]);
    if (!this.relationships.has(key)) {
      this.relationships.set(key, relationship as unknown as SnapshotRelationship);
    }
  }

  /** Says what could not be read: of one account, or of all. */
  cannotRead(kinds: readonly string[], because: string, account?: string): void {
    const unread = { kinds, ...(account === undefined ? {} : { account }), because };
    this.unread.set(JSON.stringify([because, account ?? '', kinds]), unread);
  }

  /** Tells people how something was read, or what was left out. */
  note(sentence: string): void {
    this.notes.add(sentence);
  }

  /** @throws BAD_INPUT where an id cannot be one: it came out of the input */
  finish(source: DraftSource): Conversion {
    this.checkIds();
    const sorted = <T>(map: ReadonlyMap<string, T>) =>
      [...map].sort(([a], [b]) => compareUtf8(a, b)).map(([, value]) => value);
    const couldNotRead = sorted(this.unread);
    return {
      document: {
        source,
        mode: 'full',
        ...(couldNotRead.length > 0 ? { couldNotRead } : {}),
        entities: sorted(this.entities),
        relationships: sorted(this.relationships),
      },
      notes: [...this.notes].sort(compareUtf8),
    };
  }

  private checkIds(): void {
    const problems = new RowProblems();
    for (const { id, name } of this.entities.values()) {
      const problem = idProblem(id);
      if (problem !== undefined)
        problems.add(String(name), 'id', 'BAD_ID', `would have the id ${JSON.stringify(id)}: ${problem}`);
    }
    problems.refuseIfAny();
  }
}

function withoutUndefined(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) => {
      if (value === undefined || value === null) return [];
      return [[key, key === 'attributes' ? withoutUndefined(value as Properties) : value]];
    }),
  );
}
