import { ofTypes, stepsInto, stepsOut } from '../../graph/collect-steps.js';
import { ACCOUNT, SERVICE_IDENTITY } from '../../graph/kind-codes.js';
import { IDENTITY, LOGIN } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { ENTITY_FLAGS } from '../../model/rows.js';

const isLogin = ofTypes(LOGIN);
const runsAs = ofTypes(IDENTITY);

/** What is to be re-homed, and away from whom. */
export interface Rehoming {
  readonly view: GraphView;
  readonly workload: EntityNumber;
  /** The accounts of whoever the workload is to do without. */
  readonly accounts: readonly EntityNumber[];
}

/**
 * Why an entity that a person named cannot carry what is re-homed, and what to name instead; null where it can. It is
 * a live managed ServiceIdentity or, for what runs as a person only, the live managed Account of a live human who
 * stays.
 */
export function carrierRefusal({ view, workload, accounts }: Rehoming, id: string): string | null {
  const carrier = view.numberOf(id);
  const isManaged = (view.flagsOf(carrier) & ENTITY_FLAGS.managed) !== 0;
  const isUsable = carrier !== 0 && view.isLive(carrier) && isManaged;
  if (isUsable && view.kindOf(carrier) === SERVICE_IDENTITY) return null;
  if (!isUsable || view.kindOf(carrier) !== ACCOUNT) {
    return `${id} is no live managed ServiceIdentity; name one, or leave it out and one is provisioned.`;
  }
  if (accounts.includes(carrier)) {
    return `${id} belongs to whom ${view.idOf(workload)} is to do without; name the account of somebody who stays.`;
  }
  if (holdersOf(view, carrier).length === 0) {
    return `${id} belongs to no live human; name the account of somebody who stays, or a managed ServiceIdentity.`;
  }
  const runsAsPerson = stepsOut(view, workload, runsAs).some(({ to }) => accounts.includes(to));
  return runsAsPerson
    ? null
    : `${id} is the account of a person, and ${view.idOf(workload)} does not run as one; name a managed ServiceIdentity, or leave it out and one is provisioned.`;
}

/** The live humans who have an account, in order of id. */
export function holdersOf(view: GraphView, account: EntityNumber): EntityNumber[] {
  return stepsInto(view, account, isLogin)
    .map((step) => step.to)
    .filter((human) => view.isLive(human))
    .sort((a, b) => view.compare(a, b));
}
