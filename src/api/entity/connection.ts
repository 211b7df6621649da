import { connectionOf } from '../paging/connection.js';
import { Entity } from './entity.js';

/** A page of entities. Its rows are read when they are asked for. */
export const EntityConnection = connectionOf<() => Entity | Promise<Entity>, Entity>(
  'Entity',
  () => Entity,
  'entities',
);
