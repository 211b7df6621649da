import { expect, test } from '@jest/globals';
import { withDesk } from '../support/desk.js';
import { writesGolden } from '../support/golden.js';
import { depart } from './depart.js';
import { companyOf, departures, madeUp, rewrite } from './departure.js';

/** The outcome in the files is written anew by `npm run golden`. */
test.each([...departures, ...madeUp])('$departure.title', async (file) => {
  const { departure } = file;
  const outcome = await withDesk(companyOf(departure), (desk) => depart(desk, departure), {
    now: departure.clock,
  });
  if (writesGolden) rewrite(file, { ...departure, ...outcome });
  else {
    const { plan, after, later } = departure;
    expect(outcome).toEqual({ plan, after, later });
  }
});
