import type { Actor } from '../../model/audit.js';
import type { Operation } from '../operation/operation.js';

/** Who acts in an operation, as the audit log says it. */
export function actorOf({ viewer, requestId }: Pick<Operation, 'viewer' | 'requestId'>): Actor {
  return { subject: viewer.subject, signedInBy: viewer.signedInBy, requestId };
}
