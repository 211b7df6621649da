import { momentOf } from '../../model/clock.js';
import { OWN_PREFIX } from '../../model/ids.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { ReportedEntity } from '../reconcile/entity-item.js';
import type { SnapshotRun } from '../reconcile/run.js';
import type { ImportSession } from '../session/session.js';

/**
 * An entity that a case provisioned belongs to the source it was provisioned in. When that source reports an entity of
 * the same kind and `externalId` under an id of its own, it is the same entity, which is adopted (semantics, section 5,
 * after the case).
 */
export class Adoptions {
  private known: Map<string, number> | undefined;

  constructor(
    private readonly session: ImportSession,
    private readonly run: SnapshotRun,
  ) {}

  /**
   * For each reported entity, the number of the provisioned entity that it adopts, or null.
   *
   * @param before the number that each id has in the store; 0 where it has none
   */
  async of(reported: readonly ReportedEntity[], before: readonly number[]): Promise<(number | null)[]> {
    const { run, session } = this;
    const may = (one: ReportedEntity, at: number) => one.externalId !== null && before[at] === 0;
    if (run.before === undefined || session.fresh || !reported.some(may)) return reported.map(() => null);
    this.known ??= await this.provisioned();
    const { known } = this;
    return reported.map((one, at) => (may(one, at) ? (known.get(keyOf(one)) ?? null) : null));
  }

  /** All entities with an external id that cases have provisioned in this source. */
  private async provisioned(): Promise<Map<string, number>> {
    const { store, draft, options } = this.session;
    const found = new Map<string, number>();
    const query = {
      sources: [this.run.header.id],
      search: OWN_PREFIX,
      now: momentOf(options.now),
      order: { field: 'ID', direction: 'ASC' },
      limit: MAX_PAGE,
    } as const;
    let page = await store.list(query, draft.base.revision);
    for (;;) {
      for (const entity of page.entities) {
        if (entity.id.startsWith(OWN_PREFIX) && entity.externalId !== null) {
          found.set(keyOf(entity), entity.number);
        }
      }
      const last = page.places.at(-1);
      if (!page.hasNext || last === undefined) return found;
      page = await store.list({ ...query, after: last }, draft.base.revision);
    }
  }
}

function keyOf({ kind, externalId }: Pick<ReportedEntity, 'kind' | 'externalId'>): string {
  return `${kind}\0${externalId}`;
}
