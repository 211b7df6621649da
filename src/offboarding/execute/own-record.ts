import type { Answer } from '../../sources/actuator.js';
import type { CaseAction } from '../case/case-action.js';
import { requireCase } from '../case/case-documents.js';
import type { CaseContext } from '../case-context.js';
import { shows } from '../verify/observed.js';

/**
 * What proves the status of a person who leaves. The case itself sets it, and asks no source: the source may say so
 * already (OBSERVED), or only pretend (SIMULATED). Otherwise it is what people said, by planning and approving that this
 * person leaves (ATTESTED); a later import of the source that shows it makes it OBSERVED.
 */
export async function ownRecord(caseContext: CaseContext, { action, case: id }: CaseAction): Promise<Answer> {
  const { store } = caseContext;
  const { revision } = await store.head();
  const [[record], sources] = await Promise.all([
    store.entities([action.entity], revision),
    store.sources(revision),
  ]);
  const wanted = action.changes.flatMap((change) => (change.change === 'SET_STATUS' ? [change.status] : []));
  const done = { outcome: 'DONE', already: false, externalId: null } as const;
  if (record !== undefined && wanted.every((status) => shows(record.kind, record.claim, status)))
    return { ...done, proof: 'OBSERVED', reference: null };
  if (sources.find((source) => source.id === action.source)?.actuation === 'SIMULATED')
    return { ...done, proof: 'SIMULATED', reference: null };
  const { approved, planned } = await requireCase(store.journal, id);
  return {
    ...done,
    proof: 'ATTESTED',
    reference: `${id}, ${approved === null ? 'planned' : 'approved'} by ${(approved ?? planned).subject}`,
  };
}
