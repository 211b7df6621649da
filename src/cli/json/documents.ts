/** More rows than any list has: `--json` gives all of them. */
const ALL = 2 ** 31 - 1;

const ENTITY = `
  fragment Whole on Entity {
    id kind name status live source { id } externalId createdAt lastUsedAt firstSeenAt lastSeenAt attributes
    ... on Human { email employeeId lastWorkingDay }
    ... on Account { login managed }
    ... on Group { groupType }
    ... on ServiceIdentity { identityType managed }
    ... on App { clientId publisher approval criticality }
    ... on Grant { scopes grantType consentType }
    ... on Token { tokenType family scopes expiresAt selfContained }
    ... on Secret { store path fingerprint version rotatedAt }
    ... on Job { jobType schedule criticality approval lastRunAt }
    ... on Resource { resourceType sensitivity personal }
  }
  fragment Named on Entity { id kind name status live }
  fragment Step on PathStep {
    from { ...Named }
    relationship {
      type from { id } to { id } sources { id } startedAt endedAt
      permission needs required access how lastReadAt scopes evidence
    }
    to { ...Named }
  }`;

const SOURCE = 'id vendor name actuation reports lastSync lastFullSync stale';

const REACH = 'entity { ...Whole } distance permission held path { ...Step }';

/** Everything `blastRadius` says. */
export const BLAST_RADIUS = `
  query ($human: ID!, $asOf: DateTime) {
    blastRadius(human: $human, asOf: $asOf) {
      start { ...Whole }
      human { ...Whole }
      asOf revision complete incompleteBecause
      coverage { source { ${SOURCE} } lastSync entities stale }
      blindSpots { account { ...Named } source { id } missing }
      summary { byKind { kind count } bySensitivity { sensitivity count } highestPermission }
      exposure(first: ${ALL}) { edges { node { ${REACH} } } }
      continuity(first: ${ALL}) { edges { node { ${REACH} } } }
      orphans(first: ${ALL}) { edges { node { ${REACH} } } }
      cut(first: ${ALL}) { edges { foreign node { ${REACH} viaFamilyOf { ...Named } } } }
      conflicts(first: ${ALL}) {
        edges { node { entity { ...Whole } resolution workloads { ...Whole } path { ...Step } } }
      }
    }
  }
  ${ENTITY}`;

/** Everything `accessPaths` says. */
export const ACCESS_PATHS = `
  query ($from: ID!, $to: ID!, $limit: Int!, $asOf: DateTime) {
    accessPaths(from: $from, to: $to, limit: $limit, asOf: $asOf) { length steps { ...Step } }
  }
  ${ENTITY}`;

/** What `overview` says of the sources. */
export const COVERAGE = `
  query { overview { bySource { source { ${SOURCE} } lastSync entities stale } } }`;

const SIGNATURE = 'subject signedInBy at reason';

const ENTITIES = `(first: ${ALL}) { edges { node { ...Named } } }`;

const OFFBOARDING_FIELDS = `
  id kind human { ...Named } target { ...Named } state because mode planHash evaluatedAt lastWorkingDay endedAt wakeAt
  needsApproval begun revision policyHash assurance successor { ...Named }
  plannedBy { ${SIGNATURE} } approvedBy { ${SIGNATURE} } executedBy { ${SIGNATURE} } cancelledBy { ${SIGNATURE} }`;

/** A radius in numbers, where whoever wants all of it asks `blast-radius`. */
const RADIUS_IN_SHORT = `
  revision asOf complete incompleteBecause
  coverage { source { id } lastSync entities stale }
  blindSpots { account { ...Named } source { id } missing }
  summary { byKind { kind count } bySensitivity { sensitivity count } highestPermission }
  exposure(first: 0) { totalCount } continuity(first: 0) { totalCount } orphans(first: 0) { totalCount }
  cut(first: 0) { totalCount } conflicts(first: 0) { totalCount }`;

/** Everything `offboarding` says. */
export const OFFBOARDING = `
  query ($id: ID!) {
    offboarding(id: $id) {
      ${OFFBOARDING_FIELDS}
      needsDecision${ENTITIES}
      downtime${ENTITIES}
      decisions(first: ${ALL}) {
        edges {
          node {
            entity { ...Named } action rule guard reason follows choices managedIdentity
            successor { ...Named } overriddenBy { ${SIGNATURE} }
          }
        }
      }
      actions(first: ${ALL}) {
        edges {
          node {
            id phase kind position entityId entity { ...Named } source { id } because { path { ...Step } }
            state proof proofReference attempts lastError idempotencyKey dependsOn sweep details
            notBefore requestedAt settledAt waiver { owner until reason by }
          }
        }
      }
      prediction { exposure${ENTITIES} broken${ENTITIES} accepted${ENTITIES} unexpected${ENTITIES} }
      verification { at revision checks { invariant holds evidence against } }
      residual(first: ${ALL}) {
        edges {
          node { entityId entity { ...Named } kind why since until owner action because { path { ...Step } } }
        }
      }
      report {
        departure approvals { ${SIGNATURE} } secondsToLastRemoval
        before { ${RADIUS_IN_SHORT} } after { ${RADIUS_IN_SHORT} }
        removals(first: ${ALL}) { edges { node { action { id kind entityId state proof } at seconds } } }
      }
    }
  }
  ${ENTITY}`;

/** What `offboardings` says of each case. */
export const OFFBOARDINGS = `
  query ($states: [OffboardingState!]) {
    offboardings(states: $states, first: ${ALL}) { edges { node { ${OFFBOARDING_FIELDS} } } }
  }
  ${ENTITY}`;

/** Everything `policyExplanation` says. */
export const POLICY_EXPLANATION = `
  query ($entity: ID!, $human: ID!) {
    policyExplanation(entity: $entity, human: $human) {
      entity { ...Named } human { ...Named } policyHash action rule guard standsOnLeaver
      rules { number name matches why } why because { path { ...Step } }
    }
  }
  ${ENTITY}`;

/** Everything that `attention` says. */
export const ATTENTION = `
  query ($kinds: [AttentionKind!]) {
    attention(kinds: $kinds, first: ${ALL}) {
      edges { node { kind entityId entity { ...Named } offboarding { id state } since why because { path { ...Step } } } }
    }
  }
  ${ENTITY}`;

/** What a mutation about one thing says it would do. @param mutation its name, such as `rotateSecret` */
export const oneThing = (mutation: string): string => `
  mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) {
    ${mutation}(input: $input) {
      revision
      cascade {
        hash revision needsApproval breaks { ...Named }
        steps { phase kind entityId entity { ...Named } because { path { ...Step } } }
      }
      offboarding { id }
    }
  }
  ${ENTITY}`;
