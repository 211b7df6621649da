import { importSnapshots } from '../../src/import/index.js';
import { demoFiles } from '../scenarios/demo-company.js';
import { tester } from '../support/actor.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { testServer } from '../support/neo4j/place.js';
import { tellsItsStory } from './story.js';

tellsItsStory(async () => {
  const { store, dispose } = await openOnServer();
  try {
    await importSnapshots(store, demoFiles, { actor: tester, now: Date.parse('2026-11-23T09:00:00.000Z') });
  } catch (error) {
    await dispose();
    throw error;
  }
  const { uri, user, password } = testServer();
  const env = { TENDRIL_STORE: uri, TENDRIL_NEO4J_USER: user ?? 'neo4j', TENDRIL_NEO4J_PASSWORD: password };
  return { env, dispose };
});
