import { isLiveStatus } from '../model/kinds.js';
import { SENSITIVITIES } from '../model/properties.js';
import { ENTITY_FLAGS } from '../model/rows.js';
import type { EntityWrite } from './draft.js';

/** What every engine works out of an entity as it writes it, beside what it was given. */

/** What `search` looks in: parts in lower case, kept apart by a character that no needle has. */
export function searchText(parts: readonly (string | null)[]): string {
  return parts.map((part) => part?.toLowerCase() ?? '').join('\u001f');
}

/** See `ENTITY_FLAGS`. */
export function flagsOf({ kind, status, properties }: EntityWrite): number {
  const rank = (SENSITIVITIES as readonly unknown[]).indexOf(properties.sensitivity);
  return (
    (isLiveStatus(kind, status) ? ENTITY_FLAGS.live : 0) |
    (properties.managed === true ? ENTITY_FLAGS.managed : 0) |
    (properties.personal === true ? ENTITY_FLAGS.personal : 0) |
    (rank < 0 ? 0 : ENTITY_FLAGS.rated | (rank << ENTITY_FLAGS.sensitivityShift))
  );
}

/** A property where it is text. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
