import type { Client } from '../../client/client.js';
import { executeAll } from '../../client/execute-all.js';
import { withoutPages } from '../../client/plain.js';
import { OffboardingDocument } from '../../documents/generated/graphql.js';
import { type Context, printJson, printLines } from '../context.js';
import { caseReport } from './case-report.js';
import { viewOfCase } from './case-view.js';

/** What a mutation answers that changed a case. */
export interface Changed {
  readonly revision: string;
  readonly offboarding: { readonly id: string };
}

/** Shows a case whole. */
export async function showCase(context: Context, client: Client, id: string): Promise<void> {
  if (context.json) return printJson(context, await caseJson(client, id));
  printLines(context, caseReport(await viewOfCase(client, id), context.terminal));
}

/** Shows a case whole after it was changed: for machines, as the mutation answers. */
export async function showChanged(context: Context, client: Client, changed: Changed): Promise<void> {
  const { revision, offboarding } = changed;
  if (!context.json) return showCase(context, client, offboarding.id);
  printJson(context, { revision, offboarding: await caseJson(client, offboarding.id) });
}

/** Everything that the API says of a case, for machines. */
export async function caseJson(client: Client, id: string): Promise<unknown> {
  const { offboarding } = await executeAll(client, OffboardingDocument, { id });
  return withoutPages(offboarding);
}
