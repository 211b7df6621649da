import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../../model/entity.js';
import { conflict } from '../../model/errors.js';
import { PERMISSIONS } from '../../model/levels.js';
import { RELATIONSHIP_TYPES } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import { codePermission, codeType, type RelationshipColumns } from '../../model/rows.js';
import type { Draft, EntityWrite, RelationshipWrite } from '../../store/draft.js';
import { MAX_PAGE, type RelationshipPlace } from '../../store/queries.js';
import { identOf } from '../../store/relationship-code.js';
import type { Store } from '../../store/store.js';
import { BATCH_ITEMS } from '../base/limits.js';
import { entityBefore, relationshipBefore } from './earlier-claims.js';
import type { OpenCases, TakeBackOptions } from './types.js';

/** A source, and the state of it to which it goes back. */
export interface Earlier {
  /** The source as it is now. */
  readonly source: SourceRecord;
  /** The source then; undefined: it was not there. */
  readonly earlier: SourceRecord | undefined;
  /** The revision of that state. */
  readonly at: Revision;
}

/** How many entities are asked for their relationships in one call. */
const FRONTIER = 200;

/**
 * Gives a source the claims that it had at an earlier state, in a draft. Everything that only it claims since then is
 * gone, with the relationships of what is gone, whoever claims them: a relationship has two ends.
 */
export class TakeBack {
  readonly gone = new Set<number>();
  readonly goneLinks = new Map<string, RelationshipKey>();
  readonly changed: EntityWrite[] = [];
  readonly changedLinks: RelationshipWrite[] = [];
  /** Ids of everything that changes, and of the ends of relationships that do. */
  readonly touched = new Set<string>();

  private readonly source: SourceRecord;
  private readonly earlier: SourceRecord | undefined;
  private readonly at: Revision;

  constructor(
    private readonly store: Store,
    private readonly draft: Draft,
    { source, earlier, at }: Earlier,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.source = source;
    this.earlier = earlier;
    this.at = at;
  }

  /** Finds what changes. */
  async find(): Promise<void> {
    if (this.earlier === undefined) await this.findAll();
    else await this.findSince();
    await this.findLinksOfGone();
  }

  /** Writes what was found. */
  async write(): Promise<void> {
    const { draft, source, earlier } = this;
    const kept = this.changedLinks.filter((link) => !this.goneLinks.has(nameOf(link)));
    await draft.putEntities(this.changed);
    await draft.putRelationships(kept);
    const withdrawn = earlier === undefined ? [source.number] : [];
    if (earlier !== undefined) await draft.putSource(earlier);
    await draft.withdraw({
      entities: [...this.gone],
      relationships: [...this.goneLinks.values()],
      sources: withdrawn,
    });
  }

  /** Everything that the source claims: it was not there before. */
  private async findAll(): Promise<void> {
    for await (const records of this.draft.entitiesOf(this.source.number)) {
      for (const record of records) this.entity(record, undefined);
      this.signal?.throwIfAborted();
    }
    for await (const records of this.draft.relationshipsClaimedBy(this.source.number, true)) {
      for (const record of records) this.link(record, undefined);
      this.signal?.throwIfAborted();
    }
  }

  /** What has changed since the earlier state. */
  private async findSince(): Promise<void> {
    const numbers = new Set<number>();
    const keys = new Map<string, RelationshipKey>();
    for await (const { entities, relationships, anew } of this.store.scan(
      this.at,
      this.draft.base.revision,
    )) {
      this.signal?.throwIfAborted();
      // The rest is no list of changes: all that the source claims is compared.
      if (anew) return this.compareAll();
      for (let row = 0; row < entities.count; row += 1) numbers.add(entities.entity[row] as number);
      for (let row = 0; row < relationships.count; row += 1) {
        const key = keyOf(relationships, row);
        keys.set(nameOf(key), key);
      }
    }
    await this.compare([...numbers], [...keys.values()]);
  }

  private async compareAll(): Promise<void> {
    for await (const records of this.draft.entitiesOf(this.source.number))
      await this.compare(
        records.map(({ number }) => number),
        [],
      );
    for await (const records of this.draft.relationshipsClaimedBy(this.source.number, true))
      await this.compare([], records);
  }

  private async compare(numbers: readonly number[], keys: readonly RelationshipKey[]): Promise<void> {
    for (const some of batches(numbers)) {
      const now = await this.draft.entities(some);
      const then = await this.store.entitiesByNumber(some, this.at);
      now.forEach((record, at) => {
        if (record?.source === this.source.number) this.entity(record, then[at]);
      });
      this.signal?.throwIfAborted();
    }
    for (const some of batches(keys)) {
      const now = await this.draft.relationships(some);
      const then = await this.store.relationships(some, this.at);
      now.forEach((record, at) => {
        if (record !== undefined) this.link(record, then[at]);
      });
      this.signal?.throwIfAborted();
    }
  }

  private entity(now: EntityRecord, then: EntityRecord | undefined): void {
    const restored = entityBefore(now, then, this.earlier === undefined);
    if (restored === 'SAME') return;
    this.touched.add(now.id);
    if (restored === 'GONE') this.gone.add(now.number);
    else this.changed.push(restored);
  }

  private link(now: RelationshipRecord, then: RelationshipRecord | undefined): void {
    const restored = relationshipBefore(now, then, this.source.number);
    if (restored === 'SAME') return;
    this.touched.add(now.fromId).add(now.toId);
    if (restored === 'GONE') this.goneLinks.set(nameOf(now), keyIn(now));
    else this.changedLinks.push(restored);
  }

  /** The relationships of what is gone, of any source, ended ones too. */
  private async findLinksOfGone(): Promise<void> {
    for (const some of batches([...this.gone], FRONTIER)) {
      const records = await this.draft.entities(some);
      let asked: { id: string; after?: RelationshipPlace }[] = records.flatMap((one) =>
        one === undefined ? [] : [{ id: one.id }],
      );
      while (asked.length > 0) {
        const pages = await this.store.relationshipsOf(
          asked.map((one) => ({ ...one, direction: 'BOTH' as const, ended: true, limit: MAX_PAGE })),
          this.draft.base.revision,
        );
        for (const { relationships } of pages) {
          for (const one of relationships) {
            this.goneLinks.set(nameOf(one), keyIn(one));
            this.touched.add(one.fromId).add(one.toId);
          }
        }
        asked = pages.flatMap(({ hasNext, places }, at) =>
          hasNext ? [{ id: asked[at]!.id, after: places.at(-1)! }] : [],
        );
      }
      this.signal?.throwIfAborted();
    }
  }
}

/**
 * The open cases that a change touches.
 *
 * @throws CONFLICT where there are some, unless forced or only previewed
 */
export async function refuseForCases(
  openCases: OpenCases,
  touched: ReadonlySet<string>,
  { force, dryRun }: Pick<TakeBackOptions, 'force' | 'dryRun'>,
): Promise<readonly string[]> {
  const cases = await openCases.about(touched);
  if (cases.length === 0 || force === true || dryRun === true) return cases;
  const named = cases.slice(0, 10).join(', ');
  throw conflict(
    `This would change what ${cases.length === 1 ? 'an open case is' : `${cases.length} open cases are`} about: ` +
      `${named}. Finish or cancel ${cases.length === 1 ? 'it' : 'them'} first, or force it.`,
    { offboardings: cases },
  );
}

function* batches<T>(all: readonly T[], size = BATCH_ITEMS): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

function keyOf({ from, to, code }: RelationshipColumns, row: number): RelationshipKey {
  const word = code[row] as number;
  return {
    type: RELATIONSHIP_TYPES[codeType(word)] as RelationshipKey['type'],
    from: from[row] as number,
    to: to[row] as number,
    permission: PERMISSIONS[codePermission(word) - 1] ?? null,
  };
}

const keyIn = ({ type, from, to, permission }: RelationshipKey): RelationshipKey => ({
  type,
  from,
  to,
  permission,
});

const nameOf = (key: RelationshipKey): string => `${key.from} ${identOf(key)} ${key.to}`;
