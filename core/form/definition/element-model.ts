/** What has to be known of FHIR's resources to fill them: given, because it is large and few need it. */
export interface ElementModel {
  readonly isResource: (type: string) => boolean;
  /**
   * The elements that a name may mean below a path or type (`Patient`, `HumanName`, `Patient.contact`): several for a choice of types (`value[x]`,
   * `value`), none where there is no such element.
   */
  readonly elements: (path: string, name: string) => readonly Element[];
  /** `Age` is a `Quantity`, `code` a `string`. */
  readonly parentOf: (type: string) => string | undefined;
}

export interface Element {
  /** As JSON names it: `valueQuantity`. */
  readonly key: string;
  readonly type: string;
  readonly isList: boolean;
  /** Where its own elements are: its type, or its path where it has no type of its own. */
  readonly path: string;
}
