/** A graph's address: what an instance pins at its start, and what stands for the graph in histories. */
import { canonicalHash } from '#core/journal/canonical.ts';
import type { ProcessGraph } from './graph.ts';

/** Hex SHA-256 over the RFC 8785 form. */
export const graphHash = (graph: ProcessGraph): string => canonicalHash(graph);
