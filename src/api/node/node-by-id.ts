import { TendrilError } from '../../model/errors.js';
import { OWN_PREFIX } from '../../model/ids.js';
import { AUDITORS, mayAct } from '../access/access.js';
import { AUDIT_PREFIX, AuditEvent } from '../audit/audit-event.js';
import { ENTITY_CLASSES, wrapEntity } from '../entity/wrap.js';
import { caseLoaders } from '../offboarding/case-loaders.js';
import { Offboarding } from '../offboarding/offboarding.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import type { Node } from '../types/node.js';

/** The classes of all results of {@link nodeById}. Each has the name of its GraphQL type. */
export const NODE_CLASSES = [...ENTITY_CLASSES, Offboarding, AuditEvent] as const;

/**
 * The entity, case or audit event with an id; null where there is none.
 *
 * @throws FORBIDDEN for an audit event, where the caller may not read the audit log
 */
export async function nodeById(operation: Operation, moment: Moment, id: string): Promise<Node | null> {
  if (id.startsWith(AUDIT_PREFIX)) return auditEventById(operation, moment, id);
  const [record, offboarding] = await Promise.all([
    moment.loaders.entity.load(id),
    // Entities that cases provision also have ids with our prefix.
    id.startsWith(OWN_PREFIX) ? caseLoaders(moment).case.load(id) : undefined,
  ]);
  if (record !== undefined) return wrapEntity(record, moment);
  return offboarding === undefined ? null : new Offboarding(offboarding, moment);
}

async function auditEventById({ viewer }: Operation, moment: Moment, id: string): Promise<AuditEvent | null> {
  if (!mayAct(viewer, AUDITORS)) {
    const message = `Audit events are for the roles ${AUDITORS.join(', ')}. Ask somebody who has one of them.`;
    throw new TendrilError('FORBIDDEN', message);
  }
  const seq = id.slice(AUDIT_PREFIX.length);
  if (!/^[1-9]\d{0,14}$/.test(seq)) return null;
  const event = await caseLoaders(moment).event.load(Number(seq));
  return event === undefined ? null : new AuditEvent(event);
}
