/** dmn-moddle ships no types; this is the part that `compile.ts` uses. */
declare module 'dmn-moddle' {
  export class DmnModdle {
    fromXML(xml: string): Promise<{
      readonly rootElement: import('./compile.ts').DmnDefinitions;
      readonly warnings: readonly { readonly message: string }[];
    }>;
  }
}
