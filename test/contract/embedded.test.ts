import { contract } from './contract.js';
import { openOnDisk } from './on-disk.js';

contract('the embedded engine', () => openOnDisk());
