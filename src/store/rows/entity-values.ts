import { isLiveStatus, kindCode, STATUS_CODES } from '../../model/kinds.js';
import { SENSITIVITIES } from '../../model/properties.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import type { EntityWrite } from '../draft.js';
import { checkText } from '../text.js';
import type { EntityDocument } from './entity.js';

/** One version of an entity, as every engine writes it: its columns, and those that are derived from them. */

/**
 * The values of a version after its number, revisions and id: kind, status, flags, source, name, externalId,
 * createdAt, lastUsedAt, expiresAt, email, family, search, document. Each engine names its columns in this order.
 *
 * @param emailKey what an engine finds a human by, from an email address
 * @throws BAD_INPUT for text that would not come back as it was.
 */
export function entityValues(
  entity: EntityWrite,
  emailKey: (email: string) => string,
): (string | number | null)[] {
  const { kind, name, externalId, properties, attributes, firstSeenAt, claim, overlay } = entity;
  const token = kind === 'Token';
  const email = kind === 'Human' ? stringOf(properties.email) : null;
  const family = token ? stringOf(properties.family) : null;
  const login = stringOf(properties.login);
  checkText('text', name, externalId, email, family, login);
  const document: EntityDocument = { firstSeenAt, properties, attributes, claim, overlay };
  return [
    kindCode(kind) as number,
    (STATUS_CODES as readonly string[]).indexOf(entity.status),
    flagsOf(entity),
    entity.source,
    name,
    externalId,
    entity.createdAt,
    entity.lastUsedAt,
    token && typeof properties.expiresAt === 'number' ? properties.expiresAt : null,
    email === null ? null : emailKey(email),
    family,
    searchText([entity.id, name, externalId, email, login]),
    JSON.stringify(document),
  ];
}

/** The text that a search looks in: the parts in lower case, separated by a character that no search text has. */
function searchText(parts: readonly (string | null)[]): string {
  return parts.map((part) => part?.toLowerCase() ?? '').join('\u001f');
}

/** See `ENTITY_FLAGS`. */
function flagsOf({ kind, status, properties }: EntityWrite): number {
  const rank = (SENSITIVITIES as readonly unknown[]).indexOf(properties.sensitivity);
  return (
    (isLiveStatus(kind, status) ? ENTITY_FLAGS.live : 0) |
    (properties.managed === true ? ENTITY_FLAGS.managed : 0) |
    (properties.personal === true ? ENTITY_FLAGS.personal : 0) |
    (rank < 0 ? 0 : ENTITY_FLAGS.rated | (rank << ENTITY_FLAGS.sensitivityShift))
  );
}

/** A property where it is text. */
function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
