// Style sheets and CSS modules as Next.js knows them, also for a type check of the whole repository without a build.
/// <reference types="next" />

/** In the browsers of most phones; TypeScript does not know it yet. */
declare class BarcodeDetector {
  constructor(options: { readonly formats: readonly string[] });
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

/** It ships no types; this is what `open-diagram.ts` uses. */
declare module 'bpmn-auto-layout' {
  export function layoutProcess(xml: string): Promise<string>;
}
