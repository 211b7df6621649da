import { readFile } from 'node:fs/promises';
import { type CheckedPolicy, readPolicy } from '../../offboarding/policy/read-policy.js';

export type { Condition, DecisionAction, Policy } from '../../offboarding/policy/policy.js';
export type { CheckedPolicy } from '../../offboarding/policy/read-policy.js';

/** Reads and checks a policy file, without a store or a service. @throws BAD_INPUT with every problem and its line */
export async function checkPolicy(file: string): Promise<CheckedPolicy> {
  return readPolicy(await readFile(file, 'utf8'), file);
}
