/**
 * The part of FHIR R4 `ValueSet` and `CodeSystem` that we read (https://hl7.org/fhir/R4/valueset.html, https://hl7.org/fhir/R4/codesystem.html).
 * Elements that are not named here stay in the JSON untouched.
 */
import type { Extended, Extension } from '../questionnaire.ts';

export type TerminologyResource = ValueSet | CodeSystem;

export interface ValueSet {
  readonly resourceType: 'ValueSet';
  readonly id?: string;
  readonly url?: string;
  readonly version?: string;
  readonly compose?: {
    /** False: concepts that are inactive in their code system are not in the set. */
    readonly inactive?: boolean;
    readonly include?: readonly ConceptSet[];
    readonly exclude?: readonly ConceptSet[];
  };
  readonly expansion?: {
    /** Of all concepts; more than there are: the rest was never asked for. */
    readonly total?: number;
    readonly contains?: readonly ExpandedConcept[];
  };
}

/** Some concepts of a system, or what several value sets have in common. */
export interface ConceptSet {
  readonly system?: string;
  readonly version?: string;
  readonly concept?: readonly Concept[];
  readonly filter?: readonly ConceptFilter[];
  readonly valueSet?: readonly string[];
}

export interface ConceptFilter {
  readonly property: string;
  /** Of `http://hl7.org/fhir/filter-operator`. */
  readonly op: string;
  readonly value: string;
}

export interface Concept {
  readonly code: string;
  readonly display?: string;
  readonly _display?: Extended;
  readonly designation?: readonly { readonly language?: string; readonly value: string }[];
  readonly extension?: readonly Extension[];
}

export interface ExpandedConcept extends Partial<Concept> {
  readonly system?: string;
  /** Stands above others and is itself no choice. */
  readonly abstract?: boolean;
  readonly inactive?: boolean;
  readonly contains?: readonly ExpandedConcept[];
}

export interface CodeSystem {
  readonly resourceType: 'CodeSystem';
  readonly id?: string;
  readonly url?: string;
  readonly version?: string;
  /** Whether all of its concepts are here: only of `complete` that is certain. */
  readonly content?: string;
  readonly concept?: readonly DefinedConcept[];
}

export interface DefinedConcept extends Concept {
  readonly property?: readonly ConceptProperty[];
  readonly concept?: readonly DefinedConcept[];
}

export interface ConceptProperty {
  readonly code: string;
  readonly valueCode?: string;
  readonly valueString?: string;
  readonly valueInteger?: number;
  readonly valueDecimal?: number;
  readonly valueBoolean?: boolean;
  readonly valueDateTime?: string;
  readonly valueCoding?: { readonly system?: string; readonly code?: string };
}
