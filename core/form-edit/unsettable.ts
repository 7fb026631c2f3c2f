/**
 * What the engine reads of a form and no setting writes, each with why. A difference in it is told as it stands in the JSON; everything else
 * that the engine reads is a setting (`settable.test.ts`).
 */
import { EXTENSION } from '#core/form/extensions.ts';

export const UNSETTABLE = {
  assembledFrom: 'It is written where a form is put together from its parts, and says what was done.',
  itemExtractionContext: 'The older name of definitionExtract: read where a form comes with it, and never written.',
  itemAnswerMedia: 'Pictures of single options come with forms from other tools; the picture of a question is a setting.',
  referenceResource: 'It names resources of FHIR; authors choose from the directory that we have, by `referenceKind`.',
  renderingXhtml: 'It comes with forms from other tools; people who write texts write Markdown.',
  renderingStyle: 'It comes with forms from other tools; people who write texts write Markdown.',
  overridden: 'It stands on answers.',
  unchecked: 'It stands on answers.',
  masked: 'The server sets it for one reader; it is never stored.',
} as const satisfies Partial<Record<keyof typeof EXTENSION, string>>;

export const UNSETTABLE_URLS: ReadonlySet<string> = new Set(
  Object.keys(UNSETTABLE).map((name) => EXTENSION[name as keyof typeof UNSETTABLE]),
);
