import { expect, test } from '@jest/globals';
import { withDesk } from '../support/desk.js';
import { demoDocuments } from './demo-company.js';
import { depart } from './depart.js';
import { departures, rewrite } from './departure.js';

/** Written anew by `DEPARTURES_UPDATE=1`, for somebody to read the difference. */
test.each(departures)('$departure.title', ({ name, departure }) =>
  withDesk(
    demoDocuments,
    async (desk) => {
      const outcome = await depart(desk, departure);
      if (process.env.DEPARTURES_UPDATE) rewrite(name, { ...departure, ...outcome });
      const { plan, after } = process.env.DEPARTURES_UPDATE ? outcome : departure;
      expect(outcome).toEqual({ plan, after });
    },
    { now: departure.clock },
  ),
);
