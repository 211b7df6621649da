/** The service, started in this process. */
export { serve } from '../../main/serve.js';
