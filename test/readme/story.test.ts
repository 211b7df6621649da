import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tellsItsStory } from './story.js';

tellsItsStory(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tendril-told-'));
  const env = { TENDRIL_STORE: `sqlite:${join(folder, 'graph.db')}` };
  return { env, dispose: async () => rmSync(folder, { recursive: true, force: true }) };
});
