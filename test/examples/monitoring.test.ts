import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { HR } from '../api/company.js';
import { TestService } from '../api/service.js';
import { only } from '../api/trusted/only.js';

const textOf = (name: string) => readFileSync(`examples/monitoring/${name}`, 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly annotations: { readonly summary: string };
}
const { groups } = parse(textOf('alerts.yaml')) as { groups: readonly { rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(textOf('grafana-dashboard.json')) as {
  panels: readonly { id: number; title: string; targets: readonly { expr: string }[] }[];
};

const ME = '{ viewer { subject } }';
let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR], null, { trusted: only({ me: ME }) });
});
afterAll(() => service.stop());

test('every metric that the rules and the dashboard ask for is told by /metrics', async () => {
  // A histogram has no samples before the first request was timed.
  await service.data(ME);
  const told = await (await fetch(`${service.url}/metrics`)).text();
  const samples = new Set([...told.matchAll(/^([a-z]\w*)/gm)].map(([name]) => name));
  const asked = [...rules, ...panels.flatMap(({ targets }) => targets)].flatMap(({ expr }) =>
    [...expr.matchAll(/\b(?:tendril|process|nodejs)_\w+/g)].map(([name]) => name),
  );
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((name) => !samples.has(name))).toEqual([]);
});

test('every alert waits, and says what to do; no panel is there twice', () => {
  expect(rules.length).toBeGreaterThan(4);
  for (const { alert, annotations, for: wait } of rules) {
    expect([alert, wait]).toEqual([alert, expect.stringMatching(/^\d+m$/)]);
    expect([alert, annotations.summary]).toEqual([alert, expect.stringContaining(': ')]);
  }
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});
