import { jest, test } from '@jest/globals';
import { STORY_TIME } from '../../support/case-context.js';
import { hearEachOther } from '../live-story.js';
import { onNeo4j, withSeveral } from '../several.js';

jest.setTimeout(240_000);

test('subscribers of two processes over one Neo4j hear of everything, in order and once', () =>
  withSeveral(onNeo4j, hearEachOther, { TENDRIL_CLOCK: STORY_TIME }));
