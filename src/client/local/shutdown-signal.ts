/** Apart from the service, which takes long to load: a signal that comes meanwhile must not be lost. */
export { shutdownSignal } from '../../main/shutdown-signal.js';
