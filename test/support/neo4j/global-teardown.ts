import { stopRunning } from './running.js';

export default function teardown(): void {
  stopRunning();
}
