import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ManagedPolicy } from './details.js';
import type { JsonRecord } from './json.js';
import { readStatements } from './policy.js';

/** The best-known policies of AWS itself, one on each line, by the path and name in their ARNs. */
const FILE = fileURLToPath(new URL('../../../../seed/aws/managed-policies.ndjson', import.meta.url));

/** When the file was made: AWS changes its policies, and the input would have had the present version. */
export const OWN_POLICIES_AS_OF = '2026-11';

const OWN = /^arn:aws[\w-]*:iam::aws:policy\/(.+)$/;

let lines: ReadonlyMap<string, string> | undefined;

/** Lines of the file by policy; each is parsed only when an account has that policy. */
function linesByPolicy(): ReadonlyMap<string, string> {
  lines ??= new Map(
    readFileSync(FILE, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [/^\{"policy":"([^"]+)"/.exec(line)?.[1] ?? '', line]),
  );
  return lines;
}

/**
 * A policy of AWS itself that the input does not have, by its ARN; undefined where the ARN is not of AWS's own, or the
 * policy is none of those that come with this package.
 */
export function ownPolicy(arn: string): ManagedPolicy | undefined {
  const path = OWN.exec(arn)?.[1];
  const line = path === undefined ? undefined : linesByPolicy().get(path);
  if (path === undefined || line === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { statements } = JSON.parse(line) as JsonRecord;
  return {
    arn,
    name,
    statements: readStatements(statements, `policy ${name}`, `The statements of ${name}`),
    older: [],
  };
}
