import type { Case } from '../../offboarding/case/case.js';
import { type Context, printJson, printLines } from '../context.js';
import { caseJson } from '../json/case.js';
import type { Session } from '../session.js';
import { caseReport } from './case-report.js';
import { viewOfCase } from './case-view.js';

/** Shows a case whole. */
export async function showCase(context: Context, session: Session, one: Case): Promise<void> {
  const view = await viewOfCase(session, one);
  if (context.json) printJson(context, caseJson(view));
  else printLines(context, caseReport(view, context.terminal));
}
