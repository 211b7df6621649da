import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Serving } from '../../src/main/serve.js';
import { type FieldCase, fieldCases } from './field.js';
import { notYet } from './field-not-yet.js';

const QUERY = `query ($human: ID!) {
  blastRadius(human: $human) {
    exposure(first: 1000) { nodes { entity { id } } }
    continuity(first: 1000) { nodes { entity { id } } }
    orphans(first: 1000) { nodes { entity { id } } }
    cut(first: 1000) { edges { foreign node { entity { id } } } }
    conflicts(first: 1000) { nodes { entity { id } resolution workloads { id } } }
  }
}`;

interface Named {
  readonly entity: { readonly id: string };
}

interface Conflicting extends Named {
  readonly resolution: string;
  readonly workloads: readonly { readonly id: string }[];
}

/** The sets of a radius, wherever they were asked for. */
export interface Sets {
  readonly exposure: readonly Named[];
  readonly continuity: readonly Named[];
  readonly orphans: readonly Named[];
  readonly cut: readonly (Named & { readonly foreign: boolean })[];
  readonly conflicts: readonly Conflicting[];
}

/** The radii of a case as its file writes them. */
export function inWords({ name }: FieldCase, sets: Sets): FieldCase['radius'] {
  const short = (id: string) => id.slice(name.length + 1);
  const ids = (named: readonly Named[]) => named.map(({ entity }) => short(entity.id)).sort();
  return {
    exposure: ids(sets.exposure),
    continuity: ids(sets.continuity),
    orphans: ids(sets.orphans),
    cut: sets.cut.map(({ entity, foreign }) => `${short(entity.id)}${foreign ? ' foreign' : ''}`).sort(),
    conflicts: sets.conflicts
      .map(({ entity, resolution, workloads }) =>
        [short(entity.id), resolution, ...workloads.map(({ id }) => short(id)).sort()].join(' '),
      )
      .sort(),
  };
}

/** Cases of which the code says today what is right. */
export const radiusCases = fieldCases.filter(({ name }) => notYet.radius[name] === undefined);

/**
 * Asks about every case over HTTP.
 *
 * @param begin a service with all cases in its store, at their moment
 */
export function fieldSurface(begin: () => Promise<Serving>): void {
  let serving: Serving;
  beforeAll(async () => {
    serving = await begin();
  });
  afterAll(() => serving.stop());

  test.each(radiusCases)('$name $title', async (one) => {
    const response = await fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${serving.tokens[0]!.token}` },
      body: JSON.stringify({ query: QUERY, variables: { human: `${one.name}/${one.human}` } }),
    });
    const { data, errors } = (await response.json()) as {
      data: {
        blastRadius: {
          [Set in Exclude<keyof Sets, 'cut'>]: { readonly nodes: Sets[Set] };
        } & { readonly cut: { readonly edges: readonly { foreign: boolean; node: Named }[] } };
      };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    const { exposure, continuity, orphans, cut, conflicts } = data.blastRadius;
    const sets = {
      ...{ exposure: exposure.nodes, continuity: continuity.nodes, orphans: orphans.nodes },
      cut: cut.edges.map(({ foreign, node }) => ({ ...node, foreign })),
      conflicts: conflicts.nodes,
    };
    expect(inWords(one, sets)).toEqual(one.radius);
  });
}
