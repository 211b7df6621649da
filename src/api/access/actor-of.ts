import type { Actor } from '../../model/audit.js';
import type { Viewer } from './access.js';

/** The acting person of an operation, in the form that the audit log keeps. */
export function actorOf({ viewer, requestId }: { viewer: Viewer; requestId: string }): Actor {
  return { subject: viewer.subject, signedInBy: viewer.signedInBy, requestId };
}
