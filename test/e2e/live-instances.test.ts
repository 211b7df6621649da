import { jest, test } from '@jest/globals';
import { STORY_TIME } from '../support/case-context.js';
import { hearEachOther } from './live-story.js';
import { onOneFile, withSeveral } from './several.js';

jest.setTimeout(240_000);

test('subscribers of two processes over one file hear of everything, in order and once', () =>
  withSeveral(onOneFile, hearEachOther, { TENDRIL_CLOCK: STORY_TIME }));
