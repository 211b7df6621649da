import type { EntityRecord, RelationshipRecord } from '../../model/entity.js';
import type { RelationshipType } from '../../model/relationships.js';
import { type Direction, MAX_PAGE, type RelationshipPlace } from '../../store/queries.js';
import type { RuleContext } from './context.js';

/** How many entities are read in one call. */
const BATCH = 200;

/**
 * The relationships of some types that some entities had before this import and that are still open in the draft.
 *
 * @param types left out: all
 * @param direction `OUT`: those that begin at the entities; `IN`: those that end there
 */
export async function* stillOpen(
  { store, draft }: Pick<RuleContext, 'store' | 'draft'>,
  numbers: readonly number[],
  types: readonly RelationshipType[] | undefined,
  direction: Direction,
): AsyncGenerator<readonly RelationshipRecord[]> {
  for (let start = 0; start < numbers.length; start += BATCH) {
    const records = await draft.entities(numbers.slice(start, start + BATCH));
    let asked: { id: string; after?: RelationshipPlace }[] = records
      .filter((record): record is EntityRecord => record !== undefined)
      .map(({ id }) => ({ id }));
    while (asked.length > 0) {
      const queries = asked.map((one) => ({
        ...one,
        direction,
        limit: MAX_PAGE,
        ...(types === undefined ? {} : { types }),
      }));
      const pages = await store.relationshipsOf(queries, draft.base.revision);
      const now = await draft.relationships(pages.flatMap(({ relationships }) => relationships));
      yield now.filter((record): record is RelationshipRecord => record?.open === true);
      asked = pages.flatMap(({ hasNext, places }, at) => {
        const after = places.at(-1);
        return hasNext && after !== undefined ? [{ id: (asked[at] as { id: string }).id, after }] : [];
      });
    }
  }
}
