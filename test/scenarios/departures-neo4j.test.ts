import { expect, test } from '@jest/globals';
import { importAt, openCaseContext } from '../support/case-context.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { demoDocuments } from './demo-company.js';
import { carryOut, type Planned, plan } from './depart.js';
import { departures } from './departure.js';

/** Who leaves to the end: whatever one of them needs, another leaves as it is. */
const TO_THE_END = ['gideon.json', 'jonas.json'];

test('in Neo4j everybody has the plan that the files have, and what comes of it is the same', async () => {
  const { store, dispose } = await openOnServer();
  try {
    const caseContext = await openCaseContext({ store });
    await importAt(caseContext, demoDocuments);
    const cases = new Map<string, Planned>();
    for (const { name, departure } of departures) cases.set(name, await plan(caseContext, departure));
    expect(departures.map(({ name }) => [name, cases.get(name)?.one.planHash])).toEqual(
      departures.map(({ name, departure }) => [name, departure.plan.hash]),
    );
    for (const { name, departure } of departures) {
      if (!TO_THE_END.includes(name)) continue;
      const outcome = await carryOut(caseContext, cases.get(name)!);
      expect(outcome).toEqual({ plan: departure.plan, after: departure.after });
    }
  } finally {
    await dispose();
  }
}, 600_000);
