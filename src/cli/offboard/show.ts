import type { Case } from '../../offboarding/case/case.js';
import { type Context, printJson, printLines } from '../context.js';
import { caseJson, payloadJson } from '../json/case.js';
import type { Session } from '../session.js';
import { caseReport } from './case-report.js';
import { viewOfCase } from './case-view.js';

/** Shows a case whole. */
export async function showCase(context: Context, session: Session, one: Case): Promise<void> {
  if (context.json) return printJson(context, await caseJson(session, one.id));
  printLines(context, caseReport(await viewOfCase(session, one), context.terminal));
}

/** Shows a case whole after it was changed: for machines, as the mutation that does the same answers. */
export async function showChanged(context: Context, session: Session, one: Case): Promise<void> {
  if (context.json) return printJson(context, await payloadJson(session, one.id));
  return showCase(context, session, one);
}
