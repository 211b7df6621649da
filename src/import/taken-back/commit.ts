import type { AuditFact } from '../../model/audit.js';
import type { Draft } from '../../store/draft.js';
import type { Store } from '../../store/store.js';
import { type Earlier, refuseForCases, TakeBack } from './take-back.js';
import type { TakeBackOptions, TakenBack } from './types.js';

/** What an audit event says besides the counts. */
export interface Said {
  readonly type: 'SOURCE_REMOVED' | 'IMPORT_REVERTED';
  readonly after: Readonly<Record<string, unknown>>;
}

/**
 * Takes sources back to earlier states, in one commit with one audit event.
 *
 * @param find finds the sources in the draft. What it throws ends all.
 * @throws CONFLICT where an open case would change, unless forced
 */
export async function takeBack(
  store: Store,
  options: TakeBackOptions,
  find: (draft: Draft) => Promise<{ readonly earlier: readonly Earlier[]; readonly said: Said }>,
): Promise<TakenBack> {
  const { now, actor, reason, signal } = options;
  const draft = await store.write({ now });
  try {
    const { earlier, said } = await find(draft);
    const parts: TakeBack[] = [];
    for (const one of earlier) {
      const part = new TakeBack(store, draft, one, signal);
      await part.find();
      parts.push(part);
    }
    const touched = new Set(parts.flatMap((part) => [...part.touched]));
    const cases = await refuseForCases(options.openCases, touched, options);
    const sum = (count: (part: TakeBack) => number) => parts.reduce((all, part) => all + count(part), 0);
    const counts = {
      goneEntities: sum(({ gone }) => gone.size),
      goneRelationships: sum(({ goneLinks }) => goneLinks.size),
      changedEntities: sum(({ changed }) => changed.length),
      changedRelationships: sum((part) => part.changedLinks.length),
    };
    const sources = earlier.map(({ source }) => source.id);
    const result = { sources, ...counts, cases };
    if (options.dryRun === true) return { revision: draft.base.revision, ...result };
    for (const part of parts) await part.write();
    const forced = cases.length > 0;
    const fact: AuditFact = {
      type: said.type,
      actor,
      reason,
      case: null,
      entity: null,
      before: { sources: earlier.map(({ source: { id, syncedAt } }) => ({ id, syncedAt })) },
      after: { ...said.after, ...counts, forced, cases: [...cases] },
    };
    const { revision } = await draft.commit([fact]);
    return { revision, ...result };
  } finally {
    // After a commit, aborting does nothing.
    await draft.abort();
  }
}
