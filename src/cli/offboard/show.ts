import type { Case } from '../../offboarding/case/case.js';
import { type Context, printJson, printLines } from '../context.js';
import { caseJson } from '../json/case.js';
import type { Session } from '../session.js';
import { caseReport } from './case-report.js';
import { viewOfCase } from './case-view.js';

/** Shows a case whole. */
export async function showCase(context: Context, session: Session, one: Case): Promise<void> {
  if (context.json) return printJson(context, await caseJson(session, one.id));
  printLines(context, caseReport(await viewOfCase(session, one), context.terminal));
}
