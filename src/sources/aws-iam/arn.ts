import { createHash } from 'node:crypto';
import { MAX_ID_LENGTH } from '../../model/ids.js';
import { refuse } from './json.js';

/** The parts of an ARN (`arn:partition:service:region:account:resource`), or of a pattern for ARNs. */
export interface Arn {
  readonly service: string;
  readonly account: string;
  /** Everything behind the account; it may have colons of its own. */
  readonly resource: string;
}

/** The parts of an ARN or ARN pattern; undefined where the text has too few of them (`*`, `arn:aws:s3*`). */
export function splitArn(text: string): Arn | undefined {
  const [scheme, partition, service, region, account, ...resource] = text.split(':');
  if (scheme !== 'arn' || partition === undefined || service === undefined || region === undefined) {
    return undefined;
  }
  if (account === undefined || resource.length === 0) return undefined;
  return { service, account, resource: resource.join(':') };
}

/** The parts of the ARN of a principal, which must name an account. */
export function principalArn(text: string, where: string): Arn {
  const arn = splitArn(text);
  if (!arn || !/^\d{12}$/.test(arn.account)) throw refuse(where, 'is not the ARN of something in an account');
  return arn;
}

/**
 * Ids of this source: `aws:<account>/<what>`. AWS allows ARNs that are longer than an id may be: of such a
 * one the id has the hash, and `externalId` the whole.
 */
export function idOf(account: string, what: string): string {
  const id = `aws:${account}/${what}`;
  if ([...id].length <= MAX_ID_LENGTH) return id;
  const [folder] = what.split('/');
  return `aws:${account}/${folder}/sha256:${createHash('sha256').update(what).digest('hex')}`;
}
