/** The engine of our choice (docs/decisions/0012-libraries.md): HL7's FHIRPath by the NLM, with the R4 model. */
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { Compiled, ExpressionEngine, FocusPath, SyntaxNode } from './engine.ts';

export const fhirpathEngine: ExpressionEngine = {
  parse: (source) => {
    try {
      return fhirpath.parse(source) as SyntaxNode;
    } catch {
      return null;
    }
  },
  compile: (source, focusPath) => compile(source, focusPath),
};

function compile(source: string, focusPath: FocusPath): Compiled {
  const isWhole = focusPath === 'QuestionnaireResponse';
  const run = isWhole ? fhirpath.compile(source, r4) : fhirpath.compile({ base: focusPath, expression: source }, r4);
  return (focus, variables) => {
    const result: unknown = run(focus, variables);
    // Only what asks a terminology server answers later, and no server is given.
    if (!Array.isArray(result)) throw new Error('The expression needs an answer from elsewhere.');
    return result;
  };
}
