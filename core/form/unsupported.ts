/** What a form asks for and we do not do yet. It is kept in the JSON and named, so that nobody believes that it works. */
import { EXTENSION, type Media, SUPPORTED_EXTENSIONS, settingsOf } from './extensions.ts';
import { type Layout, layoutOf } from './layout.ts';
import { optionMedia } from './options.ts';
import { pagesOf } from './pages.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { kindOfResource } from './references.ts';
import { textMarksOf } from './rich-text.ts';
import { placeOf } from './terminology/place.ts';

export interface UnsupportedFeature {
  /** Null: the form as a whole. */
  readonly linkId: string | null;
  /** Address of the extension, or a name of ours (`answerValueSet`, `control:lookup`, `style:color`, `modifierExtension`). */
  readonly feature: string;
  /** In which its expression is, where that is what we do not read. */
  readonly language?: string;
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
  'sdc-questionnaire-questionnaireAdaptive',
  'questionnaire-signatureRequired',
  'questionnaire-referenceProfile',
  'questionnaire-referenceFilter',
  'binding-parameter',
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
  // Ours: an answer that is not asked for is drawn as a QR code, one that is can be read by the camera.
  'qr-code',
  'list',
  'gtable',
  'table',
  'htable',
  'atable',
  'grid',
  'tab-container',
  'page',
  'header',
  'footer',
  'collapsible',
  'inline',
  'prompt',
  'help',
  'flyover',
  'unit',
  'lower',
  'upper',
  'legal',
  'security',
  'media',
]);

/** What a group asks to be drawn as, where what is below it may not fit. */
const LAYOUTS: Readonly<Record<string, Layout['kind']>> = {
  gtable: 'table',
  table: 'matrix',
  htable: 'matrix',
  atable: 'matrix',
  grid: 'grid',
  'tab-container': 'tabs',
};

export function unsupportedFeatures(questionnaire: Questionnaire): readonly UnsupportedFeature[] {
  const pages = new Set(pagesOf(questionnaire)?.pages.map(({ group }) => group));
  const isDrawn = (item: QuestionnaireItem, control: string): boolean => {
    if (control === 'page') return pages.has(item);
    const kind = LAYOUTS[control];
    if (control === 'slider' && item.type !== 'integer' && item.type !== 'decimal') return false;
    return SUPPORTED_CONTROLS.has(control) && (kind === undefined || layoutOf(questionnaire, item).kind === kind);
  };
  const inItem = (item: QuestionnaireItem): readonly UnsupportedFeature[] => {
    const look = (feature: string): UnsupportedFeature => ({ linkId: item.linkId, feature, changesBehaviour: false });
    const found: UnsupportedFeature[] = [...inExtensions(item.linkId, [...(item.extension ?? []), ...around(item)])];
    const { control, choiceColumns, unitValueSet, referenceResources, referenceKind } = settingsOf(item);
    if (control !== undefined && !isDrawn(item, control)) found.push(look(`control:${control}`));
    // Pages load nothing from elsewhere: who looks at a form is nobody else's business. There is a link instead.
    if (mediaOf(item).some(({ data, url }) => data === undefined && !url?.startsWith('data:'))) found.push(look('media:elsewhere'));
    found.push(...choiceColumns.filter((path) => path !== 'code' && path !== 'display').map((path) => look(`choiceColumn:${path}`)));
    found.push(...textMarksOf(item).ignored.map((property) => look(`style:${property}`)));
    if (item.answerValueSet !== undefined && placeOf(questionnaire, item.answerValueSet).kind === 'nowhere') {
      found.push({ linkId: item.linkId, feature: 'answerValueSet', changesBehaviour: true });
    }
    if (unitValueSet !== undefined && placeOf(questionnaire, unitValueSet).kind !== 'here') {
      found.push({ linkId: item.linkId, feature: EXTENSION.unitValueSet, changesBehaviour: true });
    }
    // Only what our own directory has can be looked for.
    if (referenceResources.some((type) => kindOfResource(type) === undefined) || (referenceResources.length > 1 && !referenceKind)) {
      found.push({ linkId: item.linkId, feature: EXTENSION.referenceResource, changesBehaviour: true });
    }
    // A misspelt name is asked for by nobody, and meant by somebody.
    const strange = Object.keys(item).filter((key) => !ITEM_ELEMENTS.has(key.replace(/^_/, '')) || COMPUTED_NOWHERE.has(key));
    found.push(...strange.map((key) => ({ linkId: item.linkId, feature: `element:${key}`, changesBehaviour: true })));
    if ([item, ...(item.answerOption ?? []), ...(item.enableWhen ?? [])].some(isModified)) found.push(modified(item.linkId));
    return [...found, ...(item.item ?? []).flatMap(inItem)];
  };
  const whole = [...inExtensions(null, questionnaire.extension), ...(isModified(questionnaire) ? [modified(null)] : [])];
  return [...whole, ...(questionnaire.item ?? []).flatMap(inItem)];
}

/** Of R4, and those of R5 that we read. */
const ITEM_ELEMENTS: ReadonlySet<string> = new Set([
  ...['id', 'extension', 'modifierExtension', 'linkId', 'definition', 'code', 'prefix', 'text', 'type', 'enableWhen', 'enableBehavior'],
  ...[
    'disabledDisplay',
    'required',
    'repeats',
    'readOnly',
    'maxLength',
    'answerConstraint',
    'answerOption',
    'answerValueSet',
    'initial',
    'item',
  ],
]);

/** Expressions that stand there would say whether and how an answer is asked for. */
const COMPUTED_NOWHERE: ReadonlySet<string> = new Set(['_required', '_repeats', '_readOnly', '_maxLength']);

/** What stands there changes the meaning of what it stands on, and must not be passed over (https://hl7.org/fhir/R4/extensibility.html#modifierExtension). */
const isModified = ({ modifierExtension = [] }: { readonly modifierExtension?: readonly Extension[] }): boolean =>
  modifierExtension.length > 0;

const modified = (linkId: string | null): UnsupportedFeature => ({ linkId, feature: 'modifierExtension', changesBehaviour: true });

const mediaOf = (item: QuestionnaireItem): readonly Media[] => [
  ...settingsOf(item).media,
  ...(item.answerOption ?? []).flatMap((option) => optionMedia(option) ?? []),
];

/** What stands on the words, the value set and the options of an item. */
const around = ({ _text, _answerValueSet, answerOption = [] }: QuestionnaireItem): readonly Extension[] => [
  ...(_text?.extension ?? []),
  ...(_answerValueSet?.extension ?? []),
  ...answerOption.flatMap(({ extension = [], valueCoding }) => [...extension, ...(valueCoding?.extension ?? [])]),
];

function inExtensions(linkId: string | null, extensions: readonly Extension[] = []): readonly UnsupportedFeature[] {
  const found = new Map<string, UnsupportedFeature>();
  for (const extension of extensions.filter((each) => !isSupported(each))) {
    const { url, valueExpression } = extension;
    const language = SUPPORTED_EXTENSIONS.has(url) ? (valueExpression?.language ?? '') : '';
    const changesBehaviour = language !== '' || BEHAVIOUR.has(url.slice(url.lastIndexOf('/') + 1));
    found.set(`${url} ${language}`, { linkId, feature: url, ...(language ? { language } : {}), changesBehaviour });
  }
  return [...found.values()];
}

/** Of the languages of expressions we read FHIRPath. */
const isSupported = ({ url, valueExpression }: Extension): boolean =>
  SUPPORTED_EXTENSIONS.has(url) && (valueExpression === undefined || valueExpression.language === 'text/fhirpath');
