import type { Company } from '../company.js';
import { consentCount, hasSshKey } from '../holdings.js';
import { humanId, refreshTokenId, SOURCE, sshKeyId } from '../ids.js';
import type { Lines } from '../lines.js';
import { eachHuman, reporting, type SystemDescription } from '../system.js';

/** A person's workstation and what its credential store holds (mapping: "Credential store on a laptop"). */
function writeWorkstation(company: Company, human: number, lines: Lines): void {
  const workstation = `${SOURCE.devices}/workstation/${human}`;
  lines.entity('Resource', workstation, `Workstation ${human}`, {
    resourceType: 'workstation',
    personal: true,
  });
  lines.relate('OWNS', humanId(human), workstation);
  const hasKey = hasSshKey(company, human);
  const hasSession = human % 4 === 0 && consentCount(company, 'workspace', human) > 0;
  if (!hasKey && !hasSession) return;
  const store = `${workstation}/store`;
  lines.entity('Secret', store, `Credential store ${human}`, {
    store: 'workstation',
    path: `device-${human}`,
  });
  lines.relate('HAS_SECRET', workstation, store);
  if (hasKey) lines.relate('STORED_IN', sshKeyId(human), store);
  if (hasSession) lines.relate('STORED_IN', refreshTokenId('workspace', human, 0), store);
}

/** The device management: workstations and what is kept on them. */
export const devices: SystemDescription = {
  system: 'devices',
  vendor: 'mdm',
  name: 'Device management',
  reports: reporting('Secret Resource', 'OWNS STORED_IN HAS_SECRET'),
  sections: [{ count: eachHuman, write: writeWorkstation }],
};
