import { expect, test } from '@jest/globals';
import { withCaseContext } from '../support/case-context.js';
import { writesGolden } from '../support/golden.js';
import { depart } from './depart.js';
import { companyOf, departures, madeUp, rewrite } from './departure.js';

/** The outcome in the files is written anew by `npm run golden`. */
test.each([...departures, ...madeUp])('$departure.title', async (file) => {
  const { departure } = file;
  const outcome = await withCaseContext(
    companyOf(departure),
    (caseContext) => depart(caseContext, departure),
    {
      now: departure.clock,
    },
  );
  if (writesGolden) rewrite(file, { ...departure, ...outcome });
  else {
    const { plan, after, later } = departure;
    expect(outcome).toEqual({ plan, after, later });
  }
});
