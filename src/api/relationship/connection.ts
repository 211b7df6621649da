import type { RelationshipRecord } from '../../model/entity.js';
import { connectionOf } from '../paging/connection.js';
import { Relationship } from './relationship.js';

export const RelationshipConnection = connectionOf<RelationshipRecord, Relationship>(
  'Relationship',
  () => Relationship,
  'relationships',
);
