import type { AuditEvent as Event } from '../../model/audit.js';
import { connectionOf } from '../paging/connection.js';
import { AuditEvent } from './audit-event.js';

export const AuditEventConnection = connectionOf<Event, AuditEvent>(
  'AuditEvent',
  () => AuditEvent,
  'audit events',
);
