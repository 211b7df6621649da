import { type Case, type CaseKind, type CaseState } from '../../offboarding/case/case.js';
import { listCases } from '../../offboarding/case/list-cases.js';
import { renderTable } from '../output.js';
import type { Session } from '../session.js';
import type { Terminal } from '../terminal.js';
import { namesOf } from './case-view.js';
import { shortId } from './desk.js';

/** A case in a list. */
interface Listed {
  readonly id: string;
  readonly kind: CaseKind;
  readonly state: CaseState;
  readonly about: { readonly id: string; readonly name: string };
  readonly mode: Case['input']['mode'];
  readonly planHash: string;
  readonly plannedAt: string;
  readonly plannedBy: string;
  readonly because: string | null;
}

/** All cases, or those in some states, in the order in which they were made. */
export async function casesOf(session: Session, states?: readonly CaseState[]): Promise<Listed[]> {
  const query = { limit: Number.MAX_SAFE_INTEGER, ...(states === undefined ? {} : { states }) };
  const { cases } = await listCases(session.store.journal, query);
  const named = await namesOf(session, cases.map(aboutOf));
  return cases.map((one) => ({
    id: one.id,
    kind: one.input.kind,
    state: one.state,
    about: { id: aboutOf(one), name: named(aboutOf(one)).name },
    mode: one.input.mode,
    planHash: one.planHash,
    plannedAt: one.planned.at,
    plannedBy: one.planned.subject,
    because: one.because,
  }));
}

const aboutOf = ({ input }: Case): string => input.human ?? input.target ?? '';

export function casesReport(found: readonly Listed[], terminal: Terminal): string[] {
  if (found.length === 0) return ['There are no such cases; `tendril offboard plan HUMAN` makes one.'];
  const titles = ['case', 'kind', 'state', 'about', 'planned'].map((title) => ({ title }));
  const rows = found.map((one) => [
    { text: shortId(one) },
    { text: one.kind },
    { text: one.state, style: 'strong' as const },
    { text: one.about.name },
    {
      text: `${one.plannedAt} by ${one.plannedBy}${one.because === null ? '' : `; ${one.because}`}`,
      elastic: true,
    },
  ]);
  return renderTable(titles, rows, terminal);
}
