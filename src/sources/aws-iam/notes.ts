import { compareUtf8 } from '../../model/utf8.js';

/** Collects the sentences that say in which points the document is not complete, each once. */
export class Notes {
  private readonly sentences = new Set<string>();

  add(sentence: string): void {
    this.sentences.add(sentence);
  }

  sorted(): string[] {
    return [...this.sentences].sort(compareUtf8);
  }
}

/** What is missing in every such file. */
export const ALWAYS_MISSING = [
  'Access keys, passwords and their last use are not in this input (they are in the credential report): no Token is reported, which is a blind spot and not an absence.',
  'Policies of resources (buckets, keys, queues, ...) are not in this input: access that only they give, or that they deny, is not shown.',
  'Service control policies and resource control policies of the organisation are not in this input: what they deny is shown as allowed.',
  'What runs in the account (functions, instances, stacks, notebooks) is not in this input: taking over an existing one with its role is not shown.',
  'Two ways to more permissions are not shown: an older, wider version of a policy made its default one (iam:SetDefaultPolicyVersion), and widening the policies of another role and then assuming it.',
  'Access to a service, or to an ARN pattern, is written with the highest level of any action allowed on it and is handed down to what it contains: single actions may reach less.',
] as const;
