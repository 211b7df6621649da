/** What a process says to the shell when it ends: the same for the service and for the command line. */
export { EXIT, processExitOf } from '../../main/exit-codes.js';
