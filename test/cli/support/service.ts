import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Role } from '../../../src/model/roles.js';
import { Bench, type How, outcomeOf } from './tendril.js';

/** A service in a process of its own, and the command line as its client. */
export class Service {
  private constructor(
    readonly url: string,
    private readonly bench: Bench,
    private readonly ended: ReturnType<typeof outcomeOf>,
    private readonly child: ReturnType<Bench['start']>,
  ) {}

  /** Starts on an empty store of its own. @param people whom it knows, and what they may */
  static async start(
    people: Readonly<Record<string, readonly Role[]>>,
    env: How['env'] = {},
  ): Promise<Service> {
    const bench = new Bench();
    const tokens = Object.entries(people).map(([subject, roles]) => ({
      sha256: createHash('sha256').update(tokenOf(subject)).digest('hex'),
      subject,
      roles,
    }));
    writeFileSync(bench.path('tokens.json'), JSON.stringify(tokens));
    const child = bench.start(['serve', '--json'], {
      env: { TENDRIL_PORT: '0', TENDRIL_DEMO: 'off', TENDRIL_TOKENS: bench.path('tokens.json'), ...env },
    });
    const { url } = await firstJson<{ url: string }>(child);
    return new Service(url, bench, outcomeOf(child), child);
  }

  /** The environment in which somebody asks this service. */
  as(person: string): NonNullable<How['env']> {
    // A store that is not there: nothing but the service can answer.
    return {
      TENDRIL_URL: this.url,
      TENDRIL_TOKEN: tokenOf(person),
      TENDRIL_STORE: `sqlite:${this.bench.path('none.db')}`,
    };
  }

  async stop(): Promise<void> {
    this.child.kill('SIGINT');
    await this.ended;
    this.bench.remove();
  }
}

const tokenOf = (subject: string): string => `token-of-${subject}`;

/** Waits for the first whole JSON value on stdout. */
export function firstJson<T>(child: ReturnType<Bench['start']>): Promise<T> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${text}`)));
    child.stdout?.on('data', (more) => {
      text += more;
      if (text.endsWith('}\n')) resolve(JSON.parse(text) as T);
    });
  });
}
