import type { Permission } from '../../model/levels.js';
import type { RelationshipType } from '../../model/relationships.js';
import type { SnapshotEntity, SnapshotRelationship } from '../../model/snapshot.js';
import { compareUtf8 } from '../../model/utf8.js';

/** How many pieces of evidence a relationship names before it only counts the rest. */
const EVIDENCE_SHOWN = 4;

interface Draft {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly permission: Permission | undefined;
  readonly needs: Permission | undefined;
  readonly evidence: Set<string>;
}

/** Collects the document's entities and relationships, each once, and gives them sorted. */
export class GraphDraft {
  private readonly entities = new Map<string, SnapshotEntity>();
  private readonly relationships = new Map<string, Draft>();
  private readonly targets = new Map<string, Set<string>>();

  /** Adds an entity, unless there is one with its id. */
  addEntity(entity: SnapshotEntity): void {
    if (!this.entities.has(entity.id)) this.entities.set(entity.id, entity);
  }

  /** Adds properties and attributes to an entity that is there. */
  amend(
    id: string,
    properties: Readonly<Record<string, unknown>>,
    attributes: Readonly<Record<string, unknown>>,
  ): void {
    const entity = this.entities.get(id);
    if (!entity) return;
    this.entities.set(id, { ...entity, ...properties, attributes: { ...entity.attributes, ...attributes } });
  }

  /** Adds a relationship. If there is one with its type, ends and permission, the evidence is added to that. */
  relate(
    type: RelationshipType,
    from: string,
    to: string,
    evidence: Iterable<string> = [],
    { permission, needs }: { permission?: Permission; needs?: Permission } = {},
  ): void {
    const key = JSON.stringify([type, from, to, permission]);
    const known = this.relationships.get(key);
    const draft = known ?? { type, from, to, permission, needs, evidence: new Set<string>() };
    for (const piece of evidence) draft.evidence.add(piece);
    if (known) return;
    this.relationships.set(key, draft);
    const start = `${type} ${from}`;
    const targets = this.targets.get(start);
    if (targets) targets.add(to);
    else this.targets.set(start, new Set([to]));
  }

  /** Ids at which the relationships of a type arrive that begin at an entity, in the order in which they were added. */
  targetsOf(type: RelationshipType, from: string): ReadonlySet<string> {
    return this.targets.get(`${type} ${from}`) ?? new Set();
  }

  /** Whether the relationship is there already (with that permission, where the type has one). */
  isRelated(type: RelationshipType, from: string, to: string, permission?: Permission): boolean {
    return this.relationships.has(JSON.stringify([type, from, to, permission]));
  }

  sortedEntities(): SnapshotEntity[] {
    return [...this.entities.values()].sort((a, b) => compareUtf8(a.id, b.id));
  }

  sortedRelationships(): SnapshotRelationship[] {
    return [...this.relationships.entries()]
      .sort(([a], [b]) => compareUtf8(a, b))
      .map(([, draft]) => written(draft));
  }
}

function written({ type, from, to, permission, needs, evidence }: Draft): SnapshotRelationship {
  return {
    type,
    from,
    to,
    ...(permission ? { permission } : {}),
    ...(needs ? { needs } : {}),
    ...(evidence.size > 0
      ? { evidence: shorten([...evidence].sort(compareUtf8), EVIDENCE_SHOWN, '; ') }
      : {}),
  };
}

/** The first few of a list, and how many there are besides. */
export function shorten(items: readonly string[], shown: number, separator: string): string {
  const more = items.length - shown;
  const text = items.slice(0, shown).join(separator);
  return more > 0 ? `${text}${separator}and ${more} more` : text;
}
