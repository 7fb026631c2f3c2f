/** Names that nothing is known by where they stand, and what is used without being required. */
import { builtIn } from '#core/feel/functions/built-in.ts';
import { freeNames } from '#core/feel/reads.ts';
import type { CompiledDecision } from './compiled.ts';
import type { Report } from './report.ts';
import type { DecisionText } from './texts.ts';

/** What the model has, required or not. */
export interface ModelNames {
  readonly inputs: ReadonlySet<string>;
  /** Decisions, business knowledge models and services. */
  readonly elements: ReadonlySet<string>;
}

export function checkNames(decision: CompiledDecision, texts: readonly DecisionText[], model: ModelNames, report: Report): void {
  const told = new Set<string>();
  for (const { tree, names, elementId, fault, isOpen } of texts) {
    if (fault !== null || isOpen) continue;
    for (const name of freeNames(tree)) {
      if (names.has(name) || builtIn(name) || told.has(name)) continue;
      told.add(name);
      if (model.elements.has(name))
        report(elementId, 'decision-requirement', `It uses "${name}" without requiring it.`, `使用了“${name}”，但没有声明所需的要求。`);
      else if (model.inputs.has(name))
        report(
          elementId,
          'decision-requirement',
          `It uses the input "${name}" without requiring it.`,
          `使用了输入“${name}”，但没有声明所需的要求。`,
          'warning',
        );
      // A model without inputs reads the variables of its process, which are not known here.
      else if (model.inputs.size > 0 && decision.element !== 'businessKnowledgeModel')
        report(elementId, 'decision-name', `Nothing is known as "${name}" here.`, `此处没有“${name}”。`, 'warning');
      else if (decision.element === 'businessKnowledgeModel')
        report(elementId, 'decision-name', `"${name}" is neither a parameter nor required.`, `“${name}”既不是参数，也不是所需的要求。`);
    }
  }
}
