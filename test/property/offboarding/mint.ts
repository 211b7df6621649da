import type { SnapshotEntity, SnapshotRelationship } from '../../../src/model/snapshot.js';
import type { KeptPlan } from '../../../src/offboarding/case/kept-plan.js';
import type { PlainGraph } from '../../reference/index.js';
import { accountsThatAre } from '../../reference/person.js';
import { importAt, type TestCaseContext } from '../../support/case-context.js';

/** How many credentials one case has to cope with. */
const MOST = 25;

type Origin = (token: string) => { family?: string; source?: string; relationship?: SnapshotRelationship };

/** Brings new credentials of somebody who leaves, while the case runs: one at a time, each come in another way. */
export class Mint {
  readonly made: string[] = [];
  private readonly origins: readonly Origin[];

  constructor(
    private readonly caseContext: TestCaseContext,
    private readonly human: string,
    plan: KeptPlan,
    before: PlainGraph,
  ) {
    const ended = (kind: string) =>
      plan.body.actions.filter((action) => action.kind === kind).map(({ entity }) => entity);
    const by =
      (type: SnapshotRelationship['type'], from: string): Origin =>
      (token) => ({
        relationship: { type, from, to: token },
      });
    const families = ended('REVOKE_TOKEN').flatMap((token) => {
      const { family, source } = before.entities.get(token) ?? {};
      return family === undefined || source === undefined ? [] : [{ family, source }];
    });
    this.origins = [
      by('KNOWS', human),
      ...[...accountsThatAre(before, new Set([human]), false)].map((account) => by('ISSUED', account)),
      ...ended('REVOKE_GRANT').map((grant) => by('ISSUED', grant)),
      ...ended('REVOKE_TOKEN').map((token) => by('DELEGATED_TO', token)),
      ...families.map(
        (family): Origin =>
          () =>
            family,
      ),
      by('OWNS', human),
    ];
  }

  async next(): Promise<void> {
    if (this.made.length >= MOST) return;
    const id = `${this.human}/minted/${this.made.length}`;
    const origin = this.origins[this.made.length % this.origins.length]!;
    const { family, source, relationship } = origin(id);
    this.made.push(id);
    const token = {
      kind: 'Token',
      id,
      name: id,
      tokenType: 'API_KEY',
      ...(family === undefined ? {} : { family }),
    };
    await importAt(this.caseContext, [
      {
        source: {
          id: source ?? `${this.human}/mint`,
          syncedAt: new Date(this.caseContext.clock.now()).toISOString(),
          actuation: 'SIMULATED',
        },
        mode: 'delta',
        entities: [token as unknown as SnapshotEntity],
        relationships: relationship === undefined ? [] : [relationship],
      },
    ]);
  }
}
