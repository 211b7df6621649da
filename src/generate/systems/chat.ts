import type { Company } from '../company.js';
import { appCount, appId, writeApp, writeConsents } from '../consents.js';
import { consentCount } from '../holdings.js';
import { accountId, grantId, humanId, SOURCE } from '../ids.js';
import type { Lines } from '../lines.js';
import { accountStatus, hasLogin, humanName, loginOf } from '../people.js';
import { stream } from '../random.js';
import { eachHuman, reporting, type SystemDescription } from '../system.js';
import { ADJECTIVES, NOUNS } from '../words.js';
import { writeOwnedJob } from './jobs.js';

const CHANNEL = stream('channel');
const ACCOUNT = stream('chat account');

const account = (human: number) => accountId('chat', human);
/** The resource in which workflows are defined: people who can write to it can change them. */
const WORKSPACE = `${SOURCE.chat}/workspace`;
const channelId = (rank: number) => `${SOURCE.chat}/channel/${rank}`;

/** How many private channels there are. Only private channels are access that a member has and others do not. */
function channelCount(company: Company): number {
  return 5 + Math.floor(company.humans / 8);
}

function writeChannel(company: Company, rank: number, lines: Lines): void {
  const random = company.seed.random(CHANNEL, rank);
  if (rank === 0) lines.entity('Resource', WORKSPACE, 'Chat workspace', { resourceType: 'workspace' });
  lines.entity('Resource', channelId(rank), `${random.pick(ADJECTIVES)}-${random.pick(NOUNS)}-${rank}`, {
    resourceType: 'channel',
    sensitivity: random.pick(['LOW', 'LOW', 'MEDIUM', 'HIGH']),
  });
}

/** An app of the workspace, with its bot and, for half of them, a webhook (mapping: "Chat app"). */
function writeChatApp(company: Company, rank: number, lines: Lines): void {
  const random = writeApp(company, 'chat', rank, lines);
  const app = appId('chat', rank);
  const bot = `${app}/bot`;
  const channel = channelId(random.below(channelCount(company)));
  lines.entity('Token', bot, `bot token of app ${rank}`, { tokenType: 'API_KEY', scopes: ['chat.write'] });
  lines.relate('ISSUED', app, bot);
  lines.relate('CAN_ACCESS', bot, channel, { permission: 'WRITE' });
  if (!random.chance(50)) return;
  const hook = `${app}/webhook`;
  lines.entity('Token', hook, `webhook of app ${rank}`, { tokenType: 'WEBHOOK_SECRET' });
  lines.relate('ISSUED', app, hook);
  lines.relate('CAN_ACCESS', hook, channel, { permission: 'WRITE' });
}

function writeAccount(company: Company, human: number, lines: Lines): void {
  if (!hasLogin(company, 'chat', human)) return;
  const random = company.seed.random(ACCOUNT, human);
  lines.entity('Account', account(human), humanName(company, human), {
    status: accountStatus(company, 'chat', human),
    login: loginOf(company, human),
  });
  lines.relate('HAS_ACCOUNT', humanId(human), account(human));
  const channels = random.ranks(channelCount(company), random.pick([0, 1, 1, 2]));
  for (const rank of channels) {
    lines.relate('CAN_ACCESS', account(human), channelId(rank), { permission: 'WRITE' });
  }
  writeConsents(company, 'chat', human, channelId(channels[0] ?? 0), lines);
  if (consentCount(company, 'chat', human) === 0 || !random.chance(15)) return;
  const flow = `${SOURCE.chat}/workflow/${human}`;
  writeOwnedJob(company, flow, `workflow ${human}`, 'WORKFLOW', random, lines);
  lines.relate('OWNS', account(human), flow);
  lines.relate('USES', flow, grantId('chat', human, 0));
  lines.relate('DEFINED_IN', flow, WORKSPACE);
}

/** The chat: channels, bots, apps and workflows. */
export const chat: SystemDescription = {
  system: 'chat',
  vendor: 'slack',
  name: 'Chat',
  reports: reporting(
    'Account App Grant Token Job Resource',
    'HAS_ACCOUNT OWNS GRANTED TO_APP ISSUED DELEGATED_TO USES DEFINED_IN CAN_ACCESS',
  ),
  sections: [
    { count: channelCount, write: writeChannel },
    { count: appCount, write: writeChatApp },
    { count: eachHuman, write: writeAccount },
  ],
};
