/** dmn-moddle ships no types; this is the part that `read-dmn.ts` uses. */
declare module 'dmn-moddle' {
  interface TypeDescriptor {
    readonly name: string;
    readonly properties: readonly object[];
  }

  interface PackageDescriptor {
    readonly types: readonly TypeDescriptor[];
  }

  export class DmnModdle {
    constructor(packages?: Readonly<Record<string, PackageDescriptor>>);
    getPackage(prefix: string): PackageDescriptor;
    fromXML(xml: string): Promise<{
      readonly rootElement: import('./read-dmn.ts').DmnElement;
      readonly warnings: readonly { readonly message: string; readonly element?: import('./read-dmn.ts').DmnElement }[];
    }>;
  }
}
