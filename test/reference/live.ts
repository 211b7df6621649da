import { entityOf, type PlainGraph } from './plain-graph.js';

/** Whether an entity is live at the graph's moment (semantics, section 1). */
export function isLive(graph: PlainGraph, id: string): boolean {
  const { kind, status, expiresAt } = entityOf(graph, id);
  if (kind === 'Human') return status === 'ACTIVE' || status === 'LEAVING';
  if (kind === 'Secret') return status === 'ACTIVE' || status === 'ROTATION_REQUIRED';
  if (kind === 'Token' && expiresAt !== undefined && expiresAt <= graph.now) return false;
  return status === 'ACTIVE';
}
