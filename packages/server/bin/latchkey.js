#!/usr/bin/env node
import { hasNode } from './need-node.js';

if (hasNode()) void import('../src/cli/process.ts').then(({ runProcess }) => runProcess());
