import { createHash } from 'node:crypto';
import { MAX_ID_LENGTH } from '../../model/ids.js';
import { intersects } from './globs.js';
import { refuse } from './json.js';

/** The parts of an ARN (`arn:partition:service:region:account:resource`), or of a pattern for ARNs. */
export interface Arn {
  readonly service: string;
  readonly account: string;
  /** Everything after the account; it may contain colons. */
  readonly resource: string;
}

/** The parts of an ARN or ARN pattern; undefined where the text has too few of them (`*`, `arn:aws:s3*`). */
export function splitArn(text: string): Arn | undefined {
  const [, , service, , account, resource] = segments(text) ?? [];
  if (service === undefined || account === undefined || resource === undefined) return undefined;
  return { service, account, resource };
}

function segments(text: string): readonly string[] | undefined {
  const [scheme, ...rest] = text.split(':');
  if (scheme !== 'arn' || rest.length < 5) return undefined;
  return [scheme, ...rest.slice(0, 4), rest.slice(4).join(':')];
}

/**
 * Whether two ARN patterns can match the same thing. A wildcard does not match the colons of an ARN. In
 * `arn:…:s3:::*`, which means any bucket, it does not match a slash either: after the slash come the objects.
 */
export function arnsMeet(target: string, pattern: string): boolean {
  const theirs = segments(target);
  const ours = segments(pattern);
  if (!theirs || !ours) return intersects(target, pattern);
  const buckets = theirs[2] === 's3' && theirs[5] === '*';
  if (buckets && ours[5]?.includes('/')) return false;
  return theirs.every((segment, at) => intersects(segment, ours[at] as string));
}

/** The parts of the ARN of a principal, which must name an account. */
export function principalArn(text: string, where: string): Arn {
  const arn = splitArn(text);
  if (!arn || !/^\d{12}$/.test(arn.account)) throw refuse(where, 'is not the ARN of something in an account');
  return arn;
}

/**
 * The id of an entity of this source: `aws:<account>/<what>`. An ARN of AWS may be longer than an id may be. Then
 * the id has its hash, and `externalId` the whole ARN.
 */
export function idOf(account: string, what: string): string {
  const id = `aws:${account}/${what}`;
  if ([...id].length <= MAX_ID_LENGTH) return id;
  const [folder] = what.split('/');
  return `aws:${account}/${folder}/sha256:${createHash('sha256').update(what).digest('hex')}`;
}
