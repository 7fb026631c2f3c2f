import type { ElementModel } from './element-model.ts';

/** Large, and wanted only where answers become resources. */
export const loadModel = async (): Promise<ElementModel> => (await import('./fhir-model.ts')).fhirModel;
