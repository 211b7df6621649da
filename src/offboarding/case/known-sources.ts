import type { Revision } from '../../model/revision.js';
import type { CaseContext } from '../case-context.js';
import type { KnownSources } from '../plan/known-sources.js';

/** What is known of the sources at a revision, for planning. */
export async function knownSources(
  { store, staleAfter, actuators }: CaseContext,
  at: Revision,
): Promise<KnownSources> {
  return {
    sources: await store.sources(at),
    staleAfter,
    sentTo: (source) => actuators.sentTo?.(source) ?? null,
  };
}
