import type { Client } from '../../client/client.js';
import { executeAll } from '../../client/execute-all.js';
import { withoutPages } from '../../client/plain.js';
import {
  type OffboardingState,
  OffboardingsDocument,
  ShownOffboardingsDocument,
} from '../../documents/generated/graphql.js';
import { type Context, printJson, printLines } from '../context.js';
import { renderTable } from '../output.js';
import { rowsOf } from './case-view.js';
import { distinctNames } from './distinct-names.js';
import { shortId } from './find-case.js';
import type { NameOf } from './reason-line.js';

/** What a case is about, where that is there still. */
const aboutOf = (about: Parameters<NameOf>[0] | null, nameOf: NameOf): string =>
  about === null ? '' : nameOf(about);

/** All cases, or those in some states, in the order in which they were made. */
export async function listCases(
  context: Context,
  client: Client,
  states: readonly OffboardingState[] | undefined,
): Promise<void> {
  const asked = { states: states ?? null };
  if (context.json) {
    const { offboardings } = await executeAll(client, OffboardingsDocument, asked);
    return printJson(context, withoutPages(offboardings));
  }
  const { offboardings } = await executeAll(client, ShownOffboardingsDocument, asked);
  const cases = rowsOf(offboardings);
  const nameOf = distinctNames(cases.flatMap(({ human, target }) => human ?? target ?? []));
  const rows = cases.map(({ id, kind, state, human, target, plannedBy, because }) => [
    { text: shortId(id) },
    { text: kind },
    { text: state, style: 'strong' as const },
    { text: aboutOf(human ?? target, nameOf) },
    {
      text: `${plannedBy.at} by ${plannedBy.subject}${because === null ? '' : `; ${because}`}`,
      elastic: true,
    },
  ]);
  const titles = ['case', 'kind', 'state', 'about', 'planned'].map((title) => ({ title }));
  printLines(
    context,
    rows.length === 0
      ? ['There are no such cases; `tendril offboard plan HUMAN` makes one.']
      : renderTable(titles, rows, context.terminal),
  );
}
