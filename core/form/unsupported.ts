/** What a form asks for and we do not do yet. It is kept in the JSON and named, so that nobody believes that it works. */
import { SUPPORTED_EXTENSIONS, settingsOf } from './extensions.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { placeOf } from './terminology/place.ts';

export interface UnsupportedFeature {
  /** Null: the form as a whole. */
  readonly linkId: string | null;
  /** Address of the extension, or a name of ours (`answerValueSet`, `control:grid`, `modifierExtension`). */
  readonly feature: string;
  /** The form works differently without it; others only describe or decorate. */
  readonly changesBehaviour: boolean;
}

/** Last part of the address of extensions that compute, constrain or populate (SDC and core). */
const BEHAVIOUR = new Set([
  'variable',
  'sdc-questionnaire-calculatedExpression',
  'sdc-questionnaire-initialExpression',
  'sdc-questionnaire-enableWhenExpression',
  'sdc-questionnaire-answerExpression',
  'sdc-questionnaire-candidateExpression',
  'sdc-questionnaire-contextExpression',
  'sdc-questionnaire-itemPopulationContext',
  'questionnaire-unitValueSet',
]);

/** Controls that change nothing but the look, or that we draw; the others fall back to what the type is drawn as. */
export const SUPPORTED_CONTROLS: ReadonlySet<string> = new Set([
  'radio-button',
  'check-box',
  'drop-down',
  'autocomplete',
  'slider',
  'spinner',
  'text-box',
  'gtable',
  'collapsible',
  'help',
  'unit',
  'inline',
  'prompt',
]);

export function unsupportedFeatures(questionnaire: Questionnaire): readonly UnsupportedFeature[] {
  const inItem = (item: QuestionnaireItem): readonly UnsupportedFeature[] => {
    const found: UnsupportedFeature[] = [...inExtensions(item.linkId, item.extension)];
    const { control } = settingsOf(item);
    if (control !== undefined && !SUPPORTED_CONTROLS.has(control)) {
      found.push({ linkId: item.linkId, feature: `control:${control}`, changesBehaviour: false });
    }
    if (item.answerValueSet !== undefined && placeOf(questionnaire, item.answerValueSet).kind === 'nowhere') {
      found.push({ linkId: item.linkId, feature: 'answerValueSet', changesBehaviour: true });
    }
    if (item.modifierExtension?.length) found.push({ linkId: item.linkId, feature: 'modifierExtension', changesBehaviour: true });
    return [...found, ...(item.item ?? []).flatMap(inItem)];
  };
  return [...inExtensions(null, questionnaire.extension), ...(questionnaire.item ?? []).flatMap(inItem)];
}

function inExtensions(linkId: string | null, extensions: readonly Extension[] = []): readonly UnsupportedFeature[] {
  const urls = new Set(extensions.filter((extension) => !isSupported(extension)).map(({ url }) => url));
  return [...urls].map((url) => ({ linkId, feature: url, changesBehaviour: BEHAVIOUR.has(url.slice(url.lastIndexOf('/') + 1)) }));
}

/** Of the languages of expressions we read FHIRPath. */
const isSupported = ({ url, valueExpression }: Extension): boolean =>
  SUPPORTED_EXTENSIONS.has(url) && (valueExpression === undefined || valueExpression.language === 'text/fhirpath');
