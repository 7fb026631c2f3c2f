/** bpmn-moddle types its elements but not its package; this is what is used of it. */
declare module 'bpmn-moddle' {
  type Element = import('./moddle.ts').ModdleElement;

  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(
      xml: string,
      typeName: 'bpmn:Definitions',
    ): Promise<{
      readonly rootElement: Element;
      readonly elementsById: Readonly<Record<string, Element>>;
      readonly warnings: readonly import('./moddle.ts').ModdleWarning[];
    }>;
    create(type: string, attributes: object): Element;
    toXML(element: Element): Promise<{ readonly xml: string }>;
  }
}
