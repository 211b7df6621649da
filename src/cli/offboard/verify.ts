import type { Client } from '../../client/client.js';
import { executeAll } from '../../client/execute-all.js';
import { EXIT } from '../../client/local/exit.js';
import {
  OffboardingVerificationDocument,
  type OffboardingVerificationQuery,
} from '../../documents/generated/graphql.js';
import { conflict } from '../../model/errors.js';
import { asFarAsKnown } from '../../model/unknown.js';
import { type Context, printJson, printLines } from '../context.js';
import { renderLine } from '../output.js';
import { unknownOf } from '../unknown.js';
import { clockLines, titleOf } from './case-report.js';
import { rowsOf, viewOfCase } from './case-view.js';
import { type FoundCase, shortId } from './find-case.js';
import { thingsOf } from './names.js';
import { nextLines } from './next-commands.js';
import { namedAmong } from './plan-view.js';
import { verificationReport } from './verification-report.js';

type Looked = OffboardingVerificationQuery['offboardingVerification'];

/**
 * Has a case looked at now as its last phase does; nothing is written.
 *
 * @throws CONFLICT for a case that was not carried out
 */
export async function verify(context: Context, client: Client, found: FoundCase): Promise<void> {
  requireCarriedOut(found);
  const asked = { id: found.id };
  const { offboardingVerification: looked } = await executeAll(
    client,
    OffboardingVerificationDocument,
    asked,
  );
  const verified = looked.verified && looked.offboarding.state === 'VERIFIED';
  if (!verified) context.exitCode = EXIT.refused;
  if (context.json) return printJson(context, verificationJson(looked));
  const [view, against] = await Promise.all([
    viewOfCase(client, found.id),
    thingsOf(
      client,
      looked.checks.flatMap((check) => check.against),
    ),
  ]);
  const { state, assurance } = looked.offboarding;
  const proven = assurance === null ? '' : ` Assurance: ${assurance}, the weakest proof of all.`;
  const residual = rowsOf(looked.residual);
  printLines(context, [
    ...titleOf(view).map((line) => renderLine(line, context.terminal)),
    ...clockLines(view.case).map((line) => renderLine(line, context.terminal)),
    `Case ${found.id}, ${state}.${proven}`,
    '',
    ...verificationReport(
      { ...looked, residual, unknown: unknownOf(looked) },
      { ...view, named: namedAmong(against) },
      context.terminal,
    ),
    '',
    looked.verified
      ? `Verified now. ${asFarAsKnown('NOTHING_OPEN', unknownOf(looked))}`
      : `Not verified now: ${looked.because}`,
    ...(verified ? [] : nextLines([`tendril offboard resume ${shortId(found.id)}`])),
  ]);
}

function requireCarriedOut({ id, state, executedBy }: FoundCase): void {
  if (executedBy !== null && state !== 'CANCELLED') return;
  const then =
    state === 'CANCELLED'
      ? 'It was cancelled.'
      : `\`tendril offboard show ${shortId(id)}\` says what it waits for.`;
  throw conflict(`The case ${id} is ${state}, so there is nothing to verify. ${then}`, { state });
}

/** What was found, for machines. */
function verificationJson({
  offboarding,
  verified,
  at,
  revision,
  checks,
  residual,
  ...seen
}: Looked): object {
  const { id, state, assurance } = offboarding;
  const left = rowsOf(residual).map(({ entityId, kind, why, since, until, owner, action, ...more }) => ({
    entity: entityId,
    kind,
    why,
    since,
    until,
    owner,
    ...(more.waivedUntil === null ? {} : { waivedUntil: more.waivedUntil }),
    action,
    path: more.because.path.map(({ relationship: { type, from, to } }) => ({
      type,
      from: from.id,
      to: to.id,
    })),
  }));
  const { blindSpots, coverage } = seen;
  return { id, state, verified, assurance, at, revision, checks, residual: left, blindSpots, coverage };
}
