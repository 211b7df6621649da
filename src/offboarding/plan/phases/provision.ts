import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { ACCOUNT, SECRET } from '../../../graph/kind-codes.js';
import type { ReasonStep } from '../../../graph/reason.js';
import {
  CONSENT,
  DELEGATION,
  DEPENDENCY,
  IDENTITY,
  IMPERSONATION,
  ISSUANCE,
  MEMBERSHIP,
  USE,
} from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { typeOfRole } from '../../../model/relationships.js';
import { codeRequired, codeSustains } from '../../../model/rows.js';
import { toReplace } from '../../decide/to-replace.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';
import { provisionedId } from '../ids.js';
import { isOpen } from '../is-open.js';
import { copiedAccess, opens } from './copies.js';
import { planReplacement, planWriting, type Replacement } from './replace.js';

const isIssuance = ofTypes(ISSUANCE);
const cameFrom = ofTypes(CONSENT, ISSUANCE, DELEGATION);
const isImpersonation = ofTypes(IMPERSONATION);
const isMembership = ofTypes(MEMBERSHIP);
const uses = ofTypes(USE);
const runsAs = ofTypes(IDENTITY);
const dependsOn = ofTypes(DEPENDENCY);

/** Whether a secret may be written only after the leaver has lost access: the leaver knows it or can still reach it. */
export type MustWait = (secret: EntityNumber) => boolean;

/** Phase 2, re-homing: makes everything that a workload needs to work without the leaver, before anything ends. */
export function rehome(context: PlanContext, workload: EntityNumber, mustWait: MustWait): void {
  new Rehoming(context, workload, mustWait).plan();
}

class Rehoming {
  private readonly replacements = new Map<EntityNumber, Replacement>();
  private readonly identities = new Map<EntityNumber, string>();
  private readonly made: string[] = [];
  private readonly written: string[] = [];
  private issuer: string | undefined;

  constructor(
    private readonly context: PlanContext,
    private readonly workload: EntityNumber,
    private readonly mustWait: MustWait,
  ) {}

  plan(): void {
    const { context, workload } = this;
    const { view, radii, decisions } = context;
    const { grants, tokens } = toReplace(view, radii.units, decisions.standing, workload);
    for (const account of this.accountsInPlace(tokens)) this.placeIdentity(account);
    for (const grant of grants) this.replaceGrant(grant);
    for (const token of tokens) this.replaceToken(token);
    this.bind();
  }

  /** Unshared accounts that the workload runs as, or to which a token that is replaced belongs. */
  private accountsInPlace(tokens: readonly EntityNumber[]): EntityNumber[] {
    const { view, unshared } = this.context;
    const found = new Set<EntityNumber>();
    for (const { to } of stepsOut(view, this.workload, runsAs)) found.add(to);
    for (const token of tokens) for (const { to } of stepsOut(view, token, isImpersonation)) found.add(to);
    return unshared.filter((account) => found.has(account));
  }

  private id(kind: 'ServiceIdentity' | 'Grant' | 'Token', replaces: string): string {
    const { context, workload } = this;
    return provisionedId(kind, {
      role: 'rehome',
      workload: context.id(workload),
      replaces,
      humans: context.leavers,
      evaluatedAt: context.given.evaluatedAt,
    });
  }

  /** The account of a person that was named to carry what only a person can; 0: none was. */
  private get person(): EntityNumber {
    const { context, workload } = this;
    const named = context.view.numberOf(context.given.overrides.get(workload)?.managedIdentity ?? '');
    return context.view.kindOf(named) === ACCOUNT ? named : 0;
  }

  private placeIdentity(account: EntityNumber): void {
    const { context, person } = this;
    const groups = stepsOut(context.view, account, isMembership).map(({ to }) => context.id(to));
    if (person !== 0) {
      this.identities.set(account, context.id(person));
      this.giveAccess(person, account, groups);
      return;
    }
    const id = this.id('ServiceIdentity', context.id(account));
    const copied = context.view.isEffective(account) ? copiedAccess(context, account, id) : [];
    this.provisionIdentity(id, context.source(account), copied, {
      inPlaceOf: context.id(account),
      // These are shown so that people can narrow them. Access through groups is listed and not copied.
      groupsNotCopied: groups,
    });
    this.identities.set(account, id);
  }

  /** Gives the account of a person who stays what the account in whose place it is put could reach by itself. */
  private giveAccess(person: EntityNumber, account: EntityNumber, groups: readonly string[]): void {
    const { context, workload } = this;
    const { view } = context;
    const id = context.id(person);
    const copied = view.isEffective(account) ? copiedAccess(context, account, id) : [];
    const lacking = copied.filter((change) => change.change === 'OPEN' && !isOpen(view, change.relationship));
    if (lacking.length === 0) return;
    const action = context.plan.add({
      phase: 2,
      kind: 'PROVISION_IDENTITY',
      entity: id,
      source: context.source(person),
      changes: lacking,
      details: { for: context.id(workload), inPlaceOf: context.id(account), groupsNotCopied: groups },
      because: this.because(),
    });
    this.made.push(action);
  }

  /** The identity that grants and issues: the one that a person named, else one that is made when first needed. */
  private issuing(): string {
    const { context, workload } = this;
    this.issuer ??= context.given.overrides.get(workload)?.managedIdentity ?? undefined;
    if (this.issuer === undefined) {
      this.issuer = this.id('ServiceIdentity', '');
      this.provisionIdentity(this.issuer, context.source(workload), [], {});
    }
    return this.issuer;
  }

  private provisionIdentity(
    id: string,
    source: string,
    changes: readonly Change[],
    details: Readonly<Record<string, unknown>>,
  ): void {
    const { context, workload } = this;
    const successor = context.successorFor(workload);
    const owning = successor === null ? [] : [opens(typeOfRole('OWNERSHIP'), successor, id)];
    const name = `${context.name(workload)} (managed)`;
    const entity = { id, kind: 'ServiceIdentity', name, source, properties: { managed: true } } as const;
    const action = context.plan.add({
      phase: 2,
      kind: 'PROVISION_IDENTITY',
      entity: id,
      source,
      changes: [{ change: 'CREATE', entity }, ...owning, ...changes],
      details: { for: context.id(workload), ...details },
      because: this.because(),
    });
    this.made.push(action);
  }

  private replaceGrant(grant: EntityNumber): void {
    const issuer = this.issuing();
    const id = this.id('Grant', this.context.id(grant));
    this.keep(
      planReplacement(this.context, grant, id, {
        from: [opens(typeOfRole('CONSENT'), issuer, id, this.isSustained(grant))],
        dependsOn: [...this.made],
        details: { for: this.context.id(this.workload) },
        because: this.because(),
      }),
    );
  }

  private replaceToken(token: EntityNumber): void {
    const { context } = this;
    const id = this.id('Token', context.id(token));
    const grants = stepsInto(context.view, token, isIssuance)
      .map(({ to }) => this.replacements.get(to))
      .filter((replacement) => replacement !== undefined);
    const issuers = grants.length > 0 ? grants.map((grant) => grant.id) : [this.issuing()];
    const replacement = planReplacement(context, token, id, {
      from: issuers.map((issuer) => opens(typeOfRole('ISSUANCE'), issuer, id, this.isSustained(token))),
      impersonates: (target) => this.identities.get(target) ?? this.replacements.get(target)?.id ?? null,
      dependsOn: [...this.made],
      details: { for: context.id(this.workload) },
      because: this.because(),
    });
    this.keep(replacement);
    // Tokens do not wait until others are written: two workloads that share secrets would wait for each other.
    this.written.push(...planWriting(context, replacement, [this.workload], this.mustWait));
  }

  /** Whether a credential ends by itself with what it came from: then its replacement does too. */
  private isSustained(credential: EntityNumber): boolean {
    return stepsInto(this.context.view, credential, cameFrom).some(({ code }) => codeSustains(code));
  }

  private keep(replacement: Replacement): void {
    this.replacements.set(replacement.old, replacement);
    this.made.push(replacement.action);
  }

  /** Binds the workload to what was made for it, in place of what belonged to the leaver. */
  private bind(): void {
    const { context, workload } = this;
    const { view, decisions } = context;
    const changes: Change[] = [];
    for (const step of stepsOut(view, workload, () => true)) {
      const name = context.relationship(workload, step.to, step.code);
      const ends: Change = { change: 'END', relationship: name };
      if (
        uses(step.code, step.to) &&
        view.kindOf(step.to) !== SECRET &&
        decisions.standing.held.has(step.to)
      ) {
        changes.push(ends);
        const replacement = this.replacements.get(step.to);
        if (replacement === undefined) continue;
        const required = codeRequired(step.code);
        changes.push({ change: 'OPEN', relationship: { ...name, to: replacement.id, required } });
      }
      if (runsAs(step.code, step.to) && this.identities.has(step.to)) {
        const required = codeRequired(step.code);
        const relationship = { ...name, to: this.identities.get(step.to)!, required };
        changes.push(ends, { change: 'OPEN', relationship });
      }
      if (dependsOn(step.code, step.to) && context.unshared.includes(step.to)) changes.push(ends);
    }
    bindWorkload(context, workload, changes, [...this.made, ...this.written]);
  }

  private because() {
    const { context, workload } = this;
    return context.whyDecided(workload);
  }
}

/** Plans the binding of a workload to what was made for it. `why`: the reason where the workload does not stop. */
export function bindWorkload(
  context: PlanContext,
  workload: EntityNumber,
  changes: readonly Change[],
  after: readonly string[],
  why: readonly ReasonStep[] = [],
): string {
  const stops = context.whyDecided(workload);
  return context.plan.add({
    phase: 2,
    kind: 'BIND_WORKLOAD',
    entity: context.id(workload),
    source: context.source(workload),
    changes,
    dependsOn: after,
    because: stops.length > 0 ? stops : why,
  });
}
