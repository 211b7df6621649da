import type { ShownPolicyExplanationQuery } from '../../documents/generated/graphql.js';

type Explanation = ShownPolicyExplanationQuery['policyExplanation'];

/** Why a thing is decided as it is, rule by rule. */
export function explanationReport(explained: Explanation): string[] {
  const { entity, action, rule, rules, guard, why, because } = explained;
  const ids = because.path.map(({ to }) => to.id);
  const path = ids.length === 0 ? [] : [`It stops with the leaver by way of ${ids.join(' → ')}.`];
  if (action === null) return [`${entity.id}: nothing is decided. ${why ?? ''}`.trimEnd(), ...path];
  return [
    `${entity.id}: ${action}, by rule ${rule}.`,
    ...rules.map(
      ({ number, name, matches, why: word }) =>
        `  ${number}. ${name}: ${matches ? 'decides' : 'does not match'}. ${word}`,
    ),
    ...(guard === null ? [] : [`${why} So it is ${action}.`]),
    ...path,
  ];
}
