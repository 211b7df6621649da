import type { CheckedPolicy, Condition, DecisionAction, Policy } from '../../client/local/check-policy.js';
import { counted } from '../offboard/words.js';

/** What is done with a thing, as the end of a sentence. */
const DONE: Readonly<Record<DecisionAction, string>> = {
  REHOME: 'it is re-homed to a managed identity',
  RETIRE: 'it is retired',
  TRANSFER: 'it is transferred to the successor',
  REVIEW: 'a person decides',
};

const READABLE: Readonly<Record<Policy['rotateReadable'], string>> = {
  never: 'Secrets that the leaver could only have read are not rotated.',
  sensitive:
    'Secrets that the leaver could have read are rotated where they lead to something of sensitivity HIGH or CRITICAL.',
  always: 'Secrets that the leaver could have read are all rotated.',
};

/** A policy that stands: its hash, and its rules as sentences. */
export function policyReport({ policy, hash }: CheckedPolicy): string[] {
  return [
    `A policy of ${counted(policy.rules.length, 'rule')}. Hash: ${hash}`,
    ...policy.rules.map(({ name, when, then, unlessStanding }, at) => {
      const otherwise =
        unlessStanding === undefined ? '' : `; if it does not stand on the leaver, ${DONE[unlessStanding]}`;
      return `  ${at + 1}. ${name}: ${conditionWords(when)}${DONE[then]}${otherwise}.`;
    }),
    READABLE[policy.rotateReadable],
  ];
}

function conditionWords({ approval, criticality, idleForDays, standsOnLeaver }: Condition): string {
  const parts: string[] = [];
  if (approval !== undefined) parts.push(`its approval is ${approval.join(' or ')}`);
  if (criticality !== undefined) parts.push(`its criticality is ${criticality.join(' or ')}`);
  if (idleForDays !== undefined)
    parts.push(`it is known to have been idle for more than ${idleForDays} days`);
  if (standsOnLeaver !== undefined)
    parts.push(`it ${standsOnLeaver ? 'stands' : 'does not stand'} on the leaver`);
  return parts.length === 0 ? 'whatever it is, ' : `if ${parts.join(' and ')}, `;
}
