import { type CouldNotRead, inOneForm } from '../../model/could-not-read.js';
import { OWN_PREFIX } from '../../model/ids.js';
import type { SnapshotCouldNotRead } from '../../model/snapshot.js';
import { formatTime, type Millis, parseTime } from '../../model/time.js';
import type { Problems } from '../base/problems.js';
import { headerFlaws } from '../check/shape.js';
import { sourceIdFlaws } from '../check/source-id.js';
import { textFlaws } from '../check/text.js';
import { exposedIn } from '../credentials/detect.js';
import { credentialFlaw } from '../credentials/scanner.js';
import type { RawHeader } from './reader.js';

/** The checked header of a snapshot. null: the snapshot does not say. */
export interface Header {
  readonly id: string;
  readonly vendor: string | null;
  readonly name: string | null;
  readonly actuation: string | null;
  readonly reports: readonly string[] | null;
  readonly syncedAt: Millis;
  readonly full: boolean;
  /** What could not be read, in the one form; null: the snapshot does not say. */
  readonly couldNotRead: readonly CouldNotRead[] | null;
}

interface Written {
  readonly source: WrittenSource;
  readonly mode: string;
  readonly couldNotRead?: readonly SnapshotCouldNotRead[] | null;
}

interface WrittenSource {
  readonly id: string;
  readonly vendor?: string | null;
  readonly name?: string | null;
  readonly actuation?: string | null;
  readonly reports?: readonly string[] | null;
  readonly syncedAt: string;
}

/** How far the clock of a source may be ahead of the service's, in milliseconds. */
const MAX_AHEAD = 5 * 60_000;

/**
 * Reads and checks the header of a snapshot.
 *
 * @param now the time of the import
 * @returns null where the header has flaws, which are in `problems` then
 */
export function readHeader({ value, place }: RawHeader, now: Millis, problems: Problems): Header | null {
  // A header with a credential is refused for that alone, because other messages would repeat parts of it.
  const exposed = exposedIn(value);
  const flaws =
    exposed.length > 0 ? exposed.map(credentialFlaw) : [...headerFlaws(value), ...textFlaws(value)];
  for (const flaw of flaws) problems.add(place, flaw);
  if (flaws.length > 0) return null;
  const { source, mode, couldNotRead } = value as Written;
  const syncedAt = typeof source.syncedAt === 'string' ? parseTime(source.syncedAt) : undefined;
  if (syncedAt === undefined) {
    const message = `syncedAt has to be a time, such as ${formatTime(0)}.`;
    problems.add(place, { field: 'source.syncedAt', rule: 'BAD_TIME', message });
    return null;
  }
  if (syncedAt > now + MAX_AHEAD) {
    // It would be later than everything that the source reports until then.
    const message = `syncedAt is when the source was read, and ${formatTime(syncedAt)} is still to come: it is ${formatTime(now)} now.`;
    problems.add(place, { field: 'source.syncedAt', rule: 'BAD_TIME', message });
    return null;
  }
  if (source.id.startsWith(OWN_PREFIX)) {
    const message = `Ids that begin with ${OWN_PREFIX} are made by Tendril itself; give the source another id.`;
    problems.add(place, { field: 'source.id', rule: 'BAD_ID', message });
    return null;
  }
  const [unnamed] = sourceIdFlaws(source.id);
  if (unnamed !== undefined) {
    problems.add(place, unnamed);
    return null;
  }
  return {
    id: source.id,
    vendor: source.vendor ?? null,
    name: source.name ?? null,
    actuation: source.actuation ?? null,
    reports: source.reports ?? null,
    syncedAt,
    full: mode === 'full',
    couldNotRead: couldNotRead ? inOneForm(couldNotRead.map(unread)) : null,
  };
}

const unread = ({ kinds, account, because }: SnapshotCouldNotRead): CouldNotRead => ({
  kinds,
  account: account ?? null,
  because,
});
