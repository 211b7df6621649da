import type { Kind } from '../model/kinds.js';
import type { Millis } from '../model/time.js';

/**
 * How far the word for a deed goes, the weakest first (semantics, section 5, *Proof*): simulated; asked for; a
 * person says so; the source says so; a later look at the source shows it.
 */
export const PROOFS = ['SIMULATED', 'REQUESTED', 'ATTESTED', 'ACKNOWLEDGED', 'OBSERVED'] as const;
export type Proof = (typeof PROOFS)[number];

/** One thing that a source is asked to do. The same order may come again: its key says that it is the same. */
export interface Order {
  /** Whatever is asked twice under one key is to be done once. */
  readonly idempotencyKey: string;
  /** Id of the case, and of the action in it. */
  readonly case: string;
  readonly action: string;
  /** A kind of action of the API, e.g. `REVOKE_TOKEN`. */
  readonly kind: string;
  /** What it is done to, or what is to be made. */
  readonly entity: OrderedEntity;
  readonly source: OrderedSource;
  /** What has to be known to do it, as the plan says it: never a credential. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Relationships that begin or end, by ids. */
  readonly relationships: readonly OrderedRelationship[];
  /** 1 for the first time. */
  readonly attempt: number;
}

export interface OrderedEntity {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** What its source calls it; null where that is not known, or where it is still to be made. */
  readonly externalId: string | null;
}

export interface OrderedSource {
  readonly id: string;
  readonly vendor: string | null;
  readonly actuation: string;
}

export interface OrderedRelationship {
  readonly change: 'OPEN' | 'END';
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly permission: string | null;
}

/** What came of an order. */
export type Answer =
  /** It is so now. `already`: it was so before, which is as good. */
  | {
      readonly outcome: 'DONE';
      readonly proof: Proof;
      /** The source's request id, or whatever else points to its word; null: it gave none. */
      readonly reference: string | null;
      readonly already: boolean;
      /** What the source calls what was made; null where it said nothing. */
      readonly externalId: string | null;
    }
  /** It has begun, and a call back will say how it ended. */
  | { readonly outcome: 'BEGUN'; readonly reference: string | null }
  /** A person has to do it and attest it. */
  | { readonly outcome: 'FOR_A_PERSON' }
  /** It may work later, in no less than `after` milliseconds where the source says so. */
  | { readonly outcome: 'RETRY'; readonly why: string; readonly after: Millis | null }
  /** It will not be done, however often it is asked for. */
  | { readonly outcome: 'REFUSED'; readonly why: string };

/** How something that a source had begun ended, by its own word. */
export type CallBack =
  | {
      readonly outcome: 'DONE';
      readonly reference: string | null;
      readonly already: boolean;
      readonly externalId: string | null;
    }
  | { readonly outcome: 'REFUSED'; readonly why: string };

/** A call back that is the source's own. */
export interface HeardCallBack {
  readonly word: CallBack;
  /** Names the message: the same one sent again has the same name, and no other has it. Follows the rules of ids. */
  readonly message: string;
}

/** A message of a source, as it came in. */
export interface SignedMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** To the byte: the signature is over it. */
  readonly body: Buffer;
}

/** Hears what sources say later of what they had begun. */
export interface CallBacks {
  /** @throws UNAUTHENTICATED where the message is not the source's own; BAD_INPUT where it says nothing */
  read(source: string, message: SignedMessage): HeardCallBack;
}

/**
 * Acts on one source system: the port behind which simulation, people, web hooks and connectors to vendors stand.
 *
 * - An answer is always given: whatever goes wrong on the way is `RETRY` or `REFUSED`; nothing is thrown but the
 *   reason of `signal` when it aborts.
 * - Asked again under the same key, it does not do the deed twice.
 * - It never answers `DONE` for what it has not been told is done.
 */
export interface Actuator {
  /** Whether it leaves the process: then the intent is recorded before it is asked. */
  readonly reachesOut: boolean;
  act(order: Order, signal: AbortSignal): Promise<Answer>;
}

/** Which actuator acts on which source. */
export interface Actuators {
  /** Never fails: for a source whose way to act is not there, the actuator refuses and says why. */
  of(source: OrderedSource): Actuator;
}
