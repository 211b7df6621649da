import type { Came, Findings, Reopened, Revived } from '../../model/aftermath.js';
import { CASES } from '../../model/claims.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import { OWN_PREFIX } from '../../model/ids.js';
import { isLiveStatus, type Kind } from '../../model/kinds.js';
import { ruleOf, typeOfRole } from '../../model/relationships.js';
import type { Draft, EntityWrite } from '../../store/draft.js';
import type { Store } from '../../store/store.js';
import type { Aftermath } from '../base/types.js';

/** Kinds of which an instance is a credential. */
const CREDENTIALS: readonly string[] = ['Grant', 'Token'];
/** Statuses of a person whom a case sees off, or has seen off. */
const GOING: readonly string[] = ['LEAVING', 'LEFT'];
const LOGIN = typeOfRole('LOGIN');
/** How many people of one account are looked at: an account with more is shared. */
const MAX_HOLDERS = 20;

/** A relationship over which something came of an account about whose person nothing is known yet. */
interface Asked {
  readonly account: number;
  readonly key: RelationshipKey;
}

/**
 * Sees, while an import goes on, what of it bears on what cases have done. It looks only at what the import has in
 * hand; the store is asked where a credential came of an account, a batch at a time.
 */
export class Watch {
  private readonly revived: Revived[] = [];
  private readonly reopened: Reopened[] = [];
  private readonly came: Came[] = [];
  /** What cases have ended, of all that this import has met, with the case. */
  private readonly ended = new Map<number, string>();
  private asked: Asked[] = [];
  private awakened: number[] = [];

  constructor(
    private readonly aftermath: Aftermath,
    private readonly store: Store,
    private readonly draft: Draft,
  ) {}

  /** Every entity that the import meets, as it is to stand. */
  meets(number: number, state: EntityWrite | EntityRecord): void {
    const by = endedBy(state);
    if (by !== null) this.ended.set(number, by);
  }

  /** Entities that the import writes, with what they were. */
  async writes(
    source: string,
    written: readonly { readonly write: EntityWrite; readonly record: EntityRecord | undefined }[],
  ): Promise<void> {
    const tokens: EntityWrite[] = [];
    for (const { write, record } of written) {
      const revived = record === undefined ? null : revivedBy(record, write);
      if (revived !== null) {
        this.revived.push(revived);
        continue;
      }
      if (!CREDENTIALS.includes(write.kind) || !isLive(write) || (record !== undefined && isLive(record)))
        continue;
      if (record !== undefined) this.awakened.push(write.number);
      if (typeof write.properties.family === 'string') tokens.push(write);
    }
    if (tokens.length === 0) return;
    const families = tokens.map((token) => String(token.properties.family));
    const cases = await this.aftermath.endedFamilies(source, families);
    tokens.forEach(({ number }, at) => {
      const by = cases[at];
      if (typeof by === 'string') this.came.push({ number, of: null, case: by });
    });
  }

  /** A relationship that was not open before this import. `record`: what was known of it. */
  opened(key: RelationshipKey, record: RelationshipRecord | undefined, fromKind: Kind | undefined): void {
    const by = this.ended.get(key.from);
    const { walk, role } = ruleOf(key.type);
    // Whoever reads a secret after its rotation knows the new value, which is nothing that was ended.
    const ending = record?.claims.find((claim) => claim.source === CASES && !claim.open);
    if (role !== 'KNOWLEDGE' && ending !== undefined) {
      const { type, from, to } = key;
      const named = ending.evidence?.startsWith(OWN_PREFIX) ? ending.evidence : null;
      this.reopened.push({ type, from, to, case: named ?? by ?? this.ended.get(to) ?? null });
      return;
    }
    // The table says what is walked on from the dead; from a person who has left, all that is theirs is.
    if (walk?.direction !== 'FORWARD' || !(walk.crossesDead || fromKind === 'Human')) return;
    if (by !== undefined) this.note(key, by);
    else if (fromKind === 'Account' && (role === 'CONSENT' || role === 'ISSUANCE'))
      this.asked.push({ account: key.from, key });
  }

  /** Asks whose the accounts are of which something came in the batch that is over. */
  async settle(): Promise<void> {
    if (this.asked.length === 0) return;
    const { asked } = this;
    this.asked = [];
    const accounts = [...new Set(asked.map(({ account }) => account))];
    const gone = await this.peopleGone(accounts);
    for (const { account, key } of asked) {
      const by = gone.get(account);
      if (by !== undefined) this.note(key, by);
    }
  }

  async findings(): Promise<Findings> {
    await this.lookBehindAwakened();
    const { revived, reopened } = this;
    return { revived, reopened, came: await this.liveOnes() };
  }

  private note({ type, from, to }: RelationshipKey, by: string): void {
    this.came.push({ number: to, of: { number: from, type }, case: by });
  }

  /** Accounts whose only people a case has seen off, with the case. */
  private async peopleGone(accounts: readonly number[]): Promise<Map<number, string>> {
    const { store, draft } = this;
    const records = await draft.entities(accounts);
    const known = records.filter((record) => record !== undefined);
    const pages = await store.relationshipsOf(
      known.map(({ id }) => ({ id, direction: 'IN', types: [LOGIN], limit: MAX_HOLDERS })),
      draft.base.revision,
    );
    const holders = [...new Set(pages.flatMap((page) => page.relationships.map(({ from }) => from)))];
    const people = new Map(
      (await draft.entities(holders)).flatMap((human) =>
        human === undefined ? [] : [[human.number, human]],
      ),
    );
    const gone = new Map<number, string>();
    known.forEach(({ number }, at) => {
      const humans = pages[at]!.relationships.flatMap(({ from }) => people.get(from) ?? []);
      const cases = humans.map((human) => (human.status === 'LEFT' ? endedBy(human) : null));
      const [first] = cases;
      if (typeof first === 'string' && humans.every((human) => !isLive(human))) gone.set(number, first);
    });
    return gone;
  }

  /** Credentials known for long and dead, which their source says are alive: of what did they come? */
  private async lookBehindAwakened(): Promise<void> {
    const { store, draft } = this;
    const records = await draft.entities(this.awakened);
    const types = (['CONSENT', 'ISSUANCE', 'DELEGATION'] as const).map(typeOfRole);
    const pages = await store.relationshipsOf(
      records.flatMap((record) =>
        record === undefined ? [] : [{ id: record.id, direction: 'IN', types, limit: MAX_HOLDERS } as const],
      ),
      draft.base.revision,
    );
    this.awakened = [];
    const origins = pages.flatMap((page) => page.relationships);
    for (const origin of await draft.entities([...new Set(origins.map(({ from }) => from))]))
      if (origin !== undefined) this.meets(origin.number, origin);
    for (const origin of origins) {
      const by = this.ended.get(origin.from);
      if (by !== undefined) this.note(origin, by);
    }
  }

  /** What came and is alive as the import leaves it, once each. */
  private async liveOnes(): Promise<Came[]> {
    const byNumber = new Map(this.came.map((one) => [one.number, one]));
    const records = await this.draft.entities([...byNumber.keys()]);
    return records.flatMap((record) =>
      record !== undefined && isLive(record) ? (byNumber.get(record.number) ?? []) : [],
    );
  }
}

/** The case whose ending of an entity holds as it stands; null where none does. */
function endedBy(state: EntityWrite | EntityRecord): string | null {
  const { overlay, claim, kind } = state;
  if (overlay === null || claim.reportedAt > overlay.at) return null;
  const ends = kind === 'Human' ? GOING.includes(overlay.status) : !isLiveStatus(kind, overlay.status);
  return ends ? overlay.case : null;
}

/** What a case ended and a later snapshot shows alive; null where it is nothing of the kind. */
function revivedBy(record: EntityRecord, write: EntityWrite): Revived | null {
  const by = endedBy(record);
  if (by === null || endedBy(write) !== null || !isLive(write)) return null;
  if (write.kind === 'Human' && GOING.includes(write.status)) return null;
  const { number, id, kind } = record;
  return { number, id, kind, before: record.status, after: write.status, case: by };
}

const isLive = ({ kind, status }: Pick<EntityRecord, 'kind' | 'status'>): boolean =>
  isLiveStatus(kind, status);
