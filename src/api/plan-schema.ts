import { isDeepStrictEqual } from 'node:util';
import { planSchemaOf } from '../offboarding/plan/plan-schema.js';

/**
 * The committed schema of plans (`schema/plan.schema.json`) with the parts that are derived from code, as JSON.
 *
 * @param committed the text of the file
 * @returns null where the file is right already: only then is its formatting kept
 */
export function changedPlanSchema(committed: string): string | null {
  const before = JSON.parse(committed) as Parameters<typeof planSchemaOf>[0];
  const text = JSON.stringify(planSchemaOf(before), null, 2);
  return isDeepStrictEqual(JSON.parse(text), before) ? null : `${text}\n`;
}
