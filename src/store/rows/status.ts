import { STATUS_CODES } from '../../model/kinds.js';

/** Statuses as integers, for queries. */

/** The code of a token that is not revoked: only such a token can expire. */
export const ACTIVE_CODE = STATUS_CODES.indexOf('ACTIVE');

/** The code of EXPIRED, which no row has: it is higher than every code that is stored, and one of 32 bits. */
export const EXPIRED_CODE = 31;

/** The code of a status that a query names; -1 for a status that no entity can have. */
export function statusCode(status: string): number {
  return status === 'EXPIRED' ? EXPIRED_CODE : (STATUS_CODES as readonly string[]).indexOf(status);
}
