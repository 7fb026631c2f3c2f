import type { ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
export function checkGraph(_graph: ProcessGraph, _report: Report): void {}
