import type { GraphView } from '../../graph/view.js';
import { levelOf } from '../../model/levels.js';
import { typeCode } from '../../model/relationships.js';
import { codePermission, codeType } from '../../model/rows.js';
import type { RelationshipName } from './change.js';

/** Whether a relationship is open in a graph. Without a permission, any relationship of the type counts. */
export function isOpen(view: GraphView, { type, from, to, permission }: RelationshipName): boolean {
  const target = view.numberOf(to);
  const wanted = typeCode(type);
  const level = permission === undefined ? 0 : levelOf(permission);
  let found = false;
  view.eachOut(view.numberOf(from), (other, code) => {
    found = other === target && codeType(code) === wanted && (level === 0 || codePermission(code) === level);
    return found;
  });
  return found;
}
