#!/usr/bin/env node
import { runService } from './main/run-service.js';

await runService(process.env);
