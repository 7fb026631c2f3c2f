// Style sheets and CSS modules as Next.js knows them, also for a type check of the whole repository without a build.
/// <reference types="next" />

/** It ships no types; this is what `open-diagram.ts` uses. */
declare module 'bpmn-auto-layout' {
  export function layoutProcess(xml: string): Promise<string>;
}
