import { type CouldNotRead, inOneForm } from '../../model/could-not-read.js';
import { OWN_PREFIX } from '../../model/ids.js';
import type { SnapshotCouldNotRead } from '../../model/snapshot.js';
import { formatTime, type Millis, parseTime } from '../../model/time.js';
import type { Flaw, Problems } from '../base/problems.js';
import { headerFlaws, isObject } from '../check/shape.js';
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
    exposed.length > 0
      ? exposed.map(credentialFlaw)
      : withMeaning([...headerFlaws(value), ...textFlaws(value)], value, now);
  for (const flaw of flaws) problems.add(place, flaw);
  if (flaws.length > 0) return null;
  const { source, mode, couldNotRead } = value as Written;
  const syncedAt = parseTime(source.syncedAt) as Millis;
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

/** The flaws of a header in form, and those in meaning of the fields that have none in form: all are told at once. */
function withMeaning(flaws: readonly Flaw[], value: unknown, now: Millis): Flaw[] {
  const source = isObject(value) && isObject(value.source) ? value.source : {};
  const found = [...flaws];
  const isSound = (field: string) => !flaws.some((flaw) => flaw.field === field);
  const { id, syncedAt } = source;
  // A time that is null has the form of one that was left out, which this one may not be.
  if ('syncedAt' in source && isSound('source.syncedAt')) found.push(...timeFlaws(syncedAt, now));
  if (typeof id === 'string' && isSound('source.id')) found.push(...idFlaws(id));
  return found;
}

function timeFlaws(written: unknown, now: Millis): Flaw[] {
  const syncedAt = typeof written === 'string' ? parseTime(written) : undefined;
  const flaw = (message: string): Flaw[] => [{ field: 'source.syncedAt', rule: 'BAD_TIME', message }];
  if (syncedAt === undefined) return flaw(`syncedAt has to be a time, such as ${formatTime(0)}.`);
  if (syncedAt <= now + MAX_AHEAD) return [];
  // It would be later than everything that the source reports until then.
  const told = `syncedAt is when the source was read, and ${formatTime(syncedAt)} is still to come`;
  return flaw(`${told}: it is ${formatTime(now)} now. Mend the clock of the exporter.`);
}

function idFlaws(id: string): Flaw[] {
  if (!id.startsWith(OWN_PREFIX)) return sourceIdFlaws(id);
  const message = `Ids that begin with ${OWN_PREFIX} are made by Tendril itself; give the source another id.`;
  return [{ field: 'source.id', rule: 'BAD_ID', message }];
}
