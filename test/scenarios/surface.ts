import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Serving } from '../../src/main/serve.js';
import { type Scenario, scenarios } from './scenario.js';

const RADIUS = `
    complete
    blindSpots { account { id } missing }
    exposure(first: 1000) { nodes { entity { id } permission held distance path { to { id } } } }
    continuity(first: 1000) { nodes { entity { id } } }
    orphans(first: 1000) { nodes { entity { id } } }
    cut(first: 1000) { edges { foreign node { entity { id } } } }
    conflicts(first: 1000) { nodes { entity { id } resolution workloads { id } } }`;
const OF_ONE = `query ($start: ID!) { radius: blastRadius(human: $start) {${RADIUS} } }`;
const OF_SEVERAL = `query ($start: [ID!]!) { radius: jointBlastRadius(humans: $start) {${RADIUS} } }`;

interface Named {
  readonly entity: { readonly id: string };
}

interface Reached extends Named {
  readonly permission: string | null;
  readonly held: boolean | null;
  readonly distance: number;
  readonly path: readonly { readonly to: { readonly id: string } }[];
}

interface Radius {
  readonly complete: boolean;
  readonly blindSpots: readonly { readonly account: { readonly id: string }; readonly missing: string[] }[];
  readonly exposure: { readonly nodes: readonly Reached[] };
  readonly continuity: { readonly nodes: readonly Named[] };
  readonly orphans: { readonly nodes: readonly Named[] };
  readonly cut: { readonly edges: readonly { readonly foreign: boolean; readonly node: Named }[] };
  readonly conflicts: {
    readonly nodes: readonly (Named & {
      readonly resolution: string;
      readonly workloads: readonly { readonly id: string }[];
    })[];
  };
}

async function ask(serving: Serving, start: Scenario['start']): Promise<Radius> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${serving.tokens[0]!.token}` },
    body: JSON.stringify({
      query: typeof start === 'string' ? OF_ONE : OF_SEVERAL,
      variables: { start },
    }),
  });
  const { data, errors } = (await response.json()) as { data: { radius: Radius }; errors?: unknown };
  expect(errors).toBeUndefined();
  return data.radius;
}

const ids = (nodes: readonly Named[]) => nodes.map(({ entity }) => entity.id).sort();
const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

/**
 * The leavers of the demo company, asked about as a dashboard would: over HTTP.
 *
 * @param begin a service with the demo company in its store, at the moment that the scenarios are of
 */
export function surface(begin: () => Promise<Serving>): void {
  let serving: Serving;
  beforeAll(async () => {
    serving = await begin();
  });
  afterAll(() => serving.stop());

  test('all scenarios are of one moment', () => {
    expect(new Set(scenarios.map(({ clock }) => clock)).size).toBe(1);
  });

  describe.each(scenarios)('$title', (scenario) => {
    let radius: Radius;
    beforeAll(async () => {
      radius = await ask(serving, scenario.start);
    });

    test('what can still be used, each with a path that ends there', () => {
      const reached = new Map(radius.exposure.nodes.map((node) => [node.entity.id, node]));
      for (const { id, permission, held } of scenario.exposure) {
        expect([...reached.keys()]).toContain(id);
        const node = reached.get(id)!;
        if (permission) expect([id, node.permission]).toEqual([id, permission]);
        if (held !== undefined) expect([id, node.held]).toEqual([id, held]);
      }
      for (const { entity, path, distance } of reached.values()) {
        expect(path).toHaveLength(distance);
        if (distance > 0) expect(path.at(-1)!.to.id).toBe(entity.id);
      }
      expect(scenario.notExposed.filter((id) => reached.has(id))).toEqual([]);
    });

    test('what stops, what nobody answers for, what must end and who needs it', () => {
      expect(radius.complete).toBe(true);
      expect(ids(radius.continuity.nodes)).toEqual([...scenario.continuity].sort());
      expect(ids(radius.orphans.nodes)).toEqual([...scenario.orphans].sort());
      expect(byId(radius.cut.edges.map(({ foreign, node }) => ({ id: node.entity.id, foreign })))).toEqual(
        byId(scenario.cut),
      );
      const conflicts = radius.conflicts.nodes.map(({ entity, resolution, workloads }) => ({
        id: entity.id,
        resolution,
        workloads: workloads.map(({ id }) => id).sort(),
      }));
      const wanted = scenario.conflicts.map(({ id, resolution, workloads }) => ({
        id,
        resolution,
        workloads: [...workloads].sort(),
      }));
      expect(byId(conflicts)).toEqual(byId(wanted));
    });

    test('what nobody looked for', () => {
      const spots = radius.blindSpots.map(({ account, missing }) => ({ id: account.id, missing }));
      const wanted = scenario.blindSpots.map(({ account, missing }) => ({
        id: account,
        missing: [...missing],
      }));
      expect(byId(spots)).toEqual(byId(wanted));
    });
  });
}
