import { CASES } from '../../model/claims.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import type { Findings, LateFinding, Reopened, Revived } from '../../model/findings.js';
import { OWN_PREFIX } from '../../model/ids.js';
import { isLiveStatus, type Kind } from '../../model/kinds.js';
import { ruleOf, typeOfRole } from '../../model/relationships.js';
import type { Draft, EntityWrite } from '../../store/draft.js';
import type { Store } from '../../store/store.js';
import type { PostCaseMonitor } from '../base/types.js';

/** Kinds of entity that are credentials. */
const CREDENTIALS: readonly string[] = ['Grant', 'Token'];
/** Statuses that a case gives a person who leaves. */
const LEAVING: readonly string[] = ['LEAVING', 'LEFT'];
const LOGIN = typeOfRole('LOGIN');
/** How many people of one account are read: an account with more is shared. */
const MAX_HOLDERS = 20;

/** A relationship over which a credential was derived from an account, before it is known whose account that is. */
interface PendingAccount {
  readonly account: number;
  readonly key: RelationshipKey;
}

/**
 * Collects, while an import runs, what it shows about entities and relationships that cases have ended. It uses what
 * the import has read already; it reads the store only for accounts from which a credential was derived, a batch at a
 * time.
 */
export class FindingsCollector {
  private readonly revived: Revived[] = [];
  private readonly reopened: Reopened[] = [];
  private readonly late: LateFinding[] = [];
  /** The entities of this import that cases have ended, each with its case. */
  private readonly ended = new Map<number, string>();
  private pending: PendingAccount[] = [];
  /** Credentials that were dead and are alive again. */
  private revivedCredentials: number[] = [];

  constructor(
    private readonly postCaseMonitor: PostCaseMonitor,
    private readonly store: Store,
    private readonly draft: Draft,
  ) {}

  /** Is called for every entity that the import meets, in the state after the import. */
  entityMet(number: number, state: EntityWrite | EntityRecord): void {
    const by = endedBy(state);
    if (by !== null) this.ended.set(number, by);
  }

  /** Is called with entities that the import writes, each with its record before the import. */
  async entitiesWritten(
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
      if (record !== undefined) this.revivedCredentials.push(write.number);
      if (typeof write.properties.family === 'string') tokens.push(write);
    }
    if (tokens.length === 0) return;
    const families = tokens.map((token) => String(token.properties.family));
    const cases = await this.postCaseMonitor.endedFamilies(source, families);
    tokens.forEach(({ number }, at) => {
      const by = cases[at];
      if (typeof by === 'string') this.late.push({ number, of: null, case: by });
    });
  }

  /** Is called for a relationship that was not open before this import. @param record its record before the import */
  relationshipOpened(
    key: RelationshipKey,
    record: RelationshipRecord | undefined,
    fromKind: Kind | undefined,
  ): void {
    const by = this.ended.get(key.from);
    const { walk, role } = ruleOf(key.type);
    // A person who reads a secret after its rotation knows the new value, which no case has ended.
    const ending = record?.claims.find((claim) => claim.source === CASES && !claim.open);
    if (role !== 'KNOWLEDGE' && ending !== undefined) {
      const { type, from, to } = key;
      const named = ending.evidence?.startsWith(OWN_PREFIX) ? ending.evidence : null;
      this.reopened.push({ type, from, to, case: named ?? by ?? this.ended.get(to) ?? null });
      return;
    }
    // The relationship table says which relationships are followed from an entity that has ended. All are followed
    // from a person who has left.
    if (walk?.direction !== 'FORWARD' || !(walk.crossesDead || fromKind === 'Human')) return;
    if (by !== undefined) this.note(key, by);
    else if (fromKind === 'Account' && (role === 'CONSENT' || role === 'ISSUANCE'))
      this.pending.push({ account: key.from, key });
  }

  /** Reads whose the accounts are from which a credential was derived in this batch. Called at the end of a batch. */
  async batchRead(): Promise<void> {
    if (this.pending.length === 0) return;
    const { pending } = this;
    this.pending = [];
    const accounts = [...new Set(pending.map(({ account }) => account))];
    const gone = await this.peopleGone(accounts);
    for (const { account, key } of pending) {
      const by = gone.get(account);
      if (by !== undefined) this.note(key, by);
    }
  }

  async findings(): Promise<Findings> {
    await this.findOriginsOfRevived();
    const { revived, reopened } = this;
    return { revived, reopened, late: await this.liveOnes() };
  }

  private note({ type, from, to }: RelationshipKey, by: string): void {
    this.late.push({ number: to, of: { number: from, type }, case: by });
  }

  /** The accounts all of whose people have left through a case, each with the case. */
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

  /** Finds from which entities the credentials were derived that were dead and that their source reports alive. */
  private async findOriginsOfRevived(): Promise<void> {
    const { store, draft } = this;
    const records = await draft.entities(this.revivedCredentials);
    const types = (['CONSENT', 'ISSUANCE', 'DELEGATION'] as const).map(typeOfRole);
    const pages = await store.relationshipsOf(
      records.flatMap((record) =>
        record === undefined ? [] : [{ id: record.id, direction: 'IN', types, limit: MAX_HOLDERS } as const],
      ),
      draft.base.revision,
    );
    this.revivedCredentials = [];
    const origins = pages.flatMap((page) => page.relationships);
    for (const origin of await draft.entities([...new Set(origins.map(({ from }) => from))]))
      if (origin !== undefined) this.entityMet(origin.number, origin);
    for (const origin of origins) {
      const by = this.ended.get(origin.from);
      if (by !== undefined) this.note(origin, by);
    }
  }

  /** The derived entities that are alive after the import, each once. */
  private async liveOnes(): Promise<LateFinding[]> {
    const byNumber = new Map(this.late.map((one) => [one.number, one]));
    const records = await this.draft.entities([...byNumber.keys()]);
    return records.flatMap((record) =>
      record !== undefined && isLive(record) ? (byNumber.get(record.number) ?? []) : [],
    );
  }
}

/** The case that ended an entity, where that is still its state; else null. */
function endedBy(state: EntityWrite | EntityRecord): string | null {
  const { overlay, claim } = state;
  return overlay === null || claim.reportedAt > overlay.at ? null : onceEndedBy(state);
}

/** The case that ended an entity, also where its source has shown it ended since; null: no case did. */
function onceEndedBy({ overlay, kind }: EntityWrite | EntityRecord): string | null {
  if (overlay === null) return null;
  const ends = kind === 'Human' ? LEAVING.includes(overlay.status) : !isLiveStatus(kind, overlay.status);
  return ends ? overlay.case : null;
}

/** The finding for an entity that a case ended and a later snapshot shows alive; else null. */
function revivedBy(record: EntityRecord, write: EntityWrite): Revived | null {
  const by = isLive(record) ? endedBy(record) : onceEndedBy(record);
  if (by === null || endedBy(write) !== null || !isLive(write)) return null;
  if (write.kind === 'Human' && LEAVING.includes(write.status)) return null;
  const { number, id, kind } = record;
  return { number, id, kind, before: record.status, after: write.status, case: by };
}

const isLive = ({ kind, status }: Pick<EntityRecord, 'kind' | 'status'>): boolean =>
  isLiveStatus(kind, status);
