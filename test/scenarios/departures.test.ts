import { expect, test } from '@jest/globals';
import { withDesk } from '../support/desk.js';
import { depart } from './depart.js';
import { companyOf, departures, madeUp, rewrite } from './departure.js';

/** Written anew by `DEPARTURES_UPDATE=1`, for somebody to read the difference. */
test.each([...departures, ...madeUp])('$departure.title', async (file) => {
  const { departure } = file;
  const outcome = await withDesk(companyOf(departure), (desk) => depart(desk, departure), {
    now: departure.clock,
  });
  if (process.env.DEPARTURES_UPDATE) rewrite(file, { ...departure, ...outcome });
  else {
    const { plan, after, later } = departure;
    expect(outcome).toEqual({ plan, after, later });
  }
});
