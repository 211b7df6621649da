import type { SealedValue } from '../../sources/sealed-value.js';
import type { CaseContext } from '../case-context.js';

/** A value that was issued and is not written everywhere yet, with the id that its source gave it. */
export interface HeldValue {
  readonly value: SealedValue;
  readonly externalId: string | null;
  /** What the source said of issuing it. */
  readonly reference: string | null;
}

/** Values by the idempotency key under which they were issued. They live in this process only, and end with it. */
const HELD = new WeakMap<CaseContext, Map<string, HeldValue>>();

/** The values that this process holds. */
export function heldValues(caseContext: CaseContext): Map<string, HeldValue> {
  let values = HELD.get(caseContext);
  if (values === undefined) {
    values = new Map();
    HELD.set(caseContext, values);
  }
  return values;
}

/** Overwrites a value and forgets it. */
export function dropValue(caseContext: CaseContext, key: string): void {
  const values = heldValues(caseContext);
  values.get(key)?.value.overwrite();
  values.delete(key);
}
