import { inWalkingOrder } from '../../graph/reason.js';
import type { ExplainedDecision } from '../../offboarding/case/explain-decision.js';
import type { Condition, DecisionAction, Policy } from '../../offboarding/policy/policy.js';
import type { CheckedPolicy } from '../../offboarding/policy/read-policy.js';
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

/** Why a thing is decided as it is, rule by rule. */
export function explanationReport({
  entity,
  decision,
  rules,
  guard,
  notDecided,
  human,
  because,
}: ExplainedDecision): string[] {
  const ids = inWalkingOrder(because, human).map(({ to }) => to);
  const path = ids.length === 0 ? [] : [`It stops with the leaver by way of ${ids.join(' → ')}.`];
  if (decision === null) return [`${entity}: nothing is decided. ${notDecided ?? ''}`.trimEnd(), ...path];
  const last = guard === null ? [] : [`${guard} So it is ${decision.action}.`];
  return [
    `${entity}: ${decision.action}, by rule ${decision.rule}.`,
    ...rules.map(
      ({ rule, name, matches, why }) =>
        `  ${rule}. ${name}: ${matches ? 'decides' : 'does not match'}. ${why}`,
    ),
    ...last,
    ...path,
  ];
}
