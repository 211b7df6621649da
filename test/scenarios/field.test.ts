import { describe, expect, test } from '@jest/globals';
import { conflicts, continuity, cut, exposure, orphans, plainGraphOf } from '../reference/index.js';
import { brokenNow } from '../reference/working.js';
import { documentOf, fieldCases } from './field.js';

/** What is right by the plain reading of semantics.md, of which every engine has to say the same. */
describe.each(fieldCases)('$name $title', (one) => {
  const { name, human, clock, radius, broken } = one;
  const graph = plainGraphOf([documentOf(one)], Date.parse(clock));
  const start = `${name}/${human}`;
  const short = (ids: Iterable<string>) => [...ids].map((id) => id.slice(name.length + 1)).sort();

  test('its radii', () => {
    const keys = [...cut(graph, start, 'sensitive')];
    expect({
      exposure: short(exposure(graph, start).map(({ id }) => id)),
      continuity: short(continuity(graph, start).workloads),
      orphans: short(orphans(graph, start)),
      cut: short(keys.map(([id, { foreign }]) => `${id}${foreign ? ' foreign' : ''}`)),
      conflicts: conflicts(graph, start, 'sensitive').map(({ id, resolution, workloads }) =>
        [...short([id]), resolution, ...short(workloads)].join(' '),
      ),
    }).toEqual(radius);
  });

  test('what is broken already', () => {
    expect(short(brokenNow(graph))).toEqual(broken.map((line) => line.split(' ')[0]));
  });
});
