/** bpmn-moddle types its elements but not its package; this is what `moddle.ts` uses. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(
      xml: string,
      typeName: 'bpmn:Definitions',
    ): Promise<{
      readonly rootElement: import('./moddle.ts').ModdleElement;
      readonly warnings: readonly import('./moddle.ts').ModdleWarning[];
    }>;
  }
}
