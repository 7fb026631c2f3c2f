/** The part of the package that we ask; it brings no types. */
declare module '@lhncbc/ucum-lhc' {
  export const UcumLhcUtils: {
    readonly getInstance: () => { readonly validateUnitString: (code: string) => { readonly status: 'valid' | 'invalid' | 'error' } };
  };
}
