import canonicalize from 'canonicalize';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { AuditEvent as Event } from '../../model/audit.js';
import { Node } from '../types/node.js';
import { DateTime, JSONObject } from '../types/scalars.js';

/** Ids of audit events begin so; their place in the chain follows. */
export const AUDIT_PREFIX = 'tendril/audit/';

type Values = Readonly<Record<string, unknown>> | null;

@ObjectType({
  implements: Node,
  description: 'One fact for the auditor, in its place in the chain.',
  simpleResolvers: true,
})
export class AuditEvent extends Node {
  constructor(private readonly event: Event) {
    super();
  }

  override get id(): string {
    return `${AUDIT_PREFIX}${this.event.seq}`;
  }

  @Field(() => Int, { description: 'Its place: counts from 1 without a gap.' })
  get seq(): number {
    return this.event.seq;
  }

  @Field(() => String, { description: 'What happened, for example `SNAPSHOT_IMPORTED`.' })
  get type(): string {
    return this.event.type;
  }

  @Field(() => DateTime, { description: 'When: the time of the commit that carries it.' })
  get at(): Date {
    return new Date(this.event.at);
  }

  @Field(() => ID, { description: 'The revision that carries it.' })
  get revision(): string {
    return String(this.event.revision);
  }

  @Field(() => String, { description: 'Who did it: the subject that signed in.' })
  get subject(): string {
    return this.event.actor.subject;
  }

  @Field(() => String, {
    description:
      'How they signed in: `static-token`, `oidc`, `os-user`, or `system` for what nobody asked for.',
  })
  get signedInBy(): string {
    return this.event.actor.signedInBy;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The request that the log knows; null outside of one.',
  })
  get requestId(): string | null {
    return this.event.actor.requestId;
  }

  @Field(() => String, { nullable: true, description: 'Why, in the words of who did it.' })
  get reason(): string | null {
    return this.event.reason;
  }

  @Field(() => ID, { nullable: true, description: 'The case it belongs to, where there is one.' })
  get case(): string | null {
    return this.event.case;
  }

  @Field(() => ID, { nullable: true, description: 'The entity it is about, where there is one.' })
  get entity(): string | null {
    return this.event.entity;
  }

  @Field(() => JSONObject, { nullable: true, description: 'What stood before; null: nothing did.' })
  get before(): Values {
    return this.event.before;
  }

  @Field(() => JSONObject, { nullable: true, description: 'What stood after.' })
  get after(): Values {
    return this.event.after;
  }

  @Field(() => String, { description: 'Hash of the event before it; of the first, zeros.' })
  get previousHash(): string {
    return this.event.previousHash;
  }

  @Field(() => String, {
    description: 'SHA-256, in hex, of the previous hash and the canonical JSON (RFC 8785) of the rest.',
  })
  get hash(): string {
    return this.event.hash;
  }

  @Field(() => String, {
    description:
      'The whole event in canonical JSON (RFC 8785), with its hash: a line of an exported chain, without its end.',
  })
  get canonical(): string {
    return canonicalize(this.event) as string;
  }
}
