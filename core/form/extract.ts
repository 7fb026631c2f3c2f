/**
 * Observations from answers (SDC 6.1, observation-based extraction): a question with a code, for which the form, a group around it or the question
 * itself says `observationExtract`, becomes an Observation for each answer; as `component` or `member` it goes with the coded group around it.
 */
import { canonicalHash } from '#core/journal/canonical.ts';
import { type BoundItem, bindResponse, type Container } from './bind.ts';
import { createEnablement } from './enablement.ts';
import { EXTENSION, settingsOf } from './extensions.ts';
import type { AnswerValue, Coding, Extension, Questionnaire, QuestionnaireItem, Reference } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';
import { uuidFrom } from './uuid-from.ts';

export interface ExtractionContext {
  /** Date and time with zone: when it was so. */
  readonly authored: string;
  readonly subject?: Reference;
  readonly author?: Reference;
  /** The response itself, as others find it. */
  readonly source?: Reference;
}

/** https://hl7.org/fhir/R4/observation.html, as far as answers fill it. */
export interface Observation extends ObservedValue {
  readonly resourceType: 'Observation';
  readonly status: 'final';
  readonly category?: readonly CodeableConcept[];
  readonly code: CodeableConcept;
  readonly subject?: Reference;
  readonly effectiveDateTime: string;
  readonly performer?: readonly Reference[];
  readonly derivedFrom?: readonly Reference[];
  readonly hasMember?: readonly Reference[];
  readonly component?: readonly (ObservedValue & { readonly code: CodeableConcept })[];
}

interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

export interface ObservedValue {
  readonly valueBoolean?: boolean;
  readonly valueInteger?: number;
  readonly valueString?: string;
  readonly valueDateTime?: string;
  readonly valueTime?: string;
  readonly valueQuantity?: AnswerValue['valueQuantity'];
  readonly valueCodeableConcept?: CodeableConcept;
}

export interface Transaction {
  readonly resourceType: 'Bundle';
  readonly type: 'transaction';
  readonly entry: readonly {
    readonly fullUrl: string;
    readonly resource: Observation;
    readonly request: { readonly method: 'POST'; readonly url: 'Observation' };
  }[];
}

/** The response must be as it was submitted: what is computed stands in it, what is disabled does not. */
export function extractObservations(
  questionnaire: Questionnaire,
  response: QuestionnaireResponse,
  context: ExtractionContext,
): Transaction {
  const extraction = new Extraction(questionnaire, canonicalHash(response), context);
  extraction.read(bindResponse(questionnaire, response));
  const entry = extraction.found.map(({ fullUrl, resource }) => ({
    fullUrl,
    resource,
    request: { method: 'POST', url: 'Observation' } as const,
  }));
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

/** How an answer is kept, as its item or what stands around it says. */
type Way = 'independent' | 'component' | 'member';

interface Inherited {
  readonly way: Way | null;
  readonly category: readonly CodeableConcept[];
  /** The coded group around it, which is one Observation. */
  readonly group: Collected | null;
}

interface Collected {
  readonly components: (ObservedValue & { readonly code: CodeableConcept })[];
  readonly members: Reference[];
}

class Extraction {
  readonly found: { readonly fullUrl: string; readonly resource: Observation }[] = [];
  private readonly isEnabled = createEnablement();

  constructor(
    private readonly questionnaire: Questionnaire,
    private readonly hash: string,
    private readonly context: ExtractionContext,
  ) {}

  read(root: Container): void {
    const { extension = [] } = this.questionnaire;
    this.readContainer(root, { way: wayIn(extension) ?? null, category: categoriesIn(extension), group: null });
  }

  private readContainer(container: Container, inherited: Inherited): void {
    for (const bound of container.items) if (this.isEnabled(bound)) this.readItem(bound, inherited);
  }

  private readItem(bound: BoundItem, around: Inherited): void {
    const { item, instances, answers } = bound;
    const { extension = [] } = item;
    const own = wayIn(extension);
    const way = own === undefined ? around.way : own;
    const inherited: Inherited = { way, category: [...around.category, ...categoriesIn(extension)], group: around.group };
    if (item.type === 'group') {
      for (const instance of instances) this.readGroup(bound, instance, inherited);
      return;
    }
    for (const { answer, nested } of answers) {
      const value = observedIn(item, answer);
      if (way && value && item.code?.length) this.keep(codeOf(item), value, { ...inherited, way });
      this.readContainer(nested, inherited);
    }
  }

  /** A coded group gathers what is kept as its components or members. */
  private readGroup({ item }: BoundItem, instance: Container, inherited: Inherited): void {
    if (!inherited.way || !item.code?.length) {
      this.readContainer(instance, inherited);
      return;
    }
    const group: Collected = { components: [], members: [] };
    this.readContainer(instance, { ...inherited, group });
    if (group.components.length === 0 && group.members.length === 0) return;
    this.add({
      ...this.head(codeOf(item), inherited.category),
      ...(group.components.length > 0 ? { component: group.components } : {}),
      ...(group.members.length > 0 ? { hasMember: group.members } : {}),
    });
  }

  private keep(code: CodeableConcept, value: ObservedValue, { way, category, group }: Inherited & { readonly way: Way }): void {
    if (way === 'component' && group) {
      group.components.push({ code, ...value });
      return;
    }
    const fullUrl = this.add({ ...this.head(code, category), ...value });
    if (way === 'member' && group) group.members.push({ reference: fullUrl });
  }

  private head(code: CodeableConcept, category: readonly CodeableConcept[]): Observation {
    const { authored, subject, author, source } = this.context;
    return {
      resourceType: 'Observation',
      status: 'final',
      ...(category.length > 0 ? { category } : {}),
      code,
      ...(subject ? { subject } : {}),
      effectiveDateTime: authored,
      ...(author ? { performer: [author] } : {}),
      ...(source ? { derivedFrom: [source] } : {}),
    };
  }

  private add(resource: Observation): string {
    const fullUrl = `urn:uuid:${uuidFrom(canonicalHash([this.hash, this.found.length]))}`;
    this.found.push({ fullUrl, resource });
    return fullUrl;
  }
}

/** Null: said not to be kept. Older forms say yes or no, newer ones how. */
function wayIn(extension: readonly Extension[]): Way | null | undefined {
  const said = extension.find(({ url }) => url === EXTENSION.observationExtract);
  if (!said) return undefined;
  if (said.valueBoolean === false) return null;
  return said.valueCode === 'component' || said.valueCode === 'member' ? said.valueCode : 'independent';
}

const categoriesIn = (extension: readonly Extension[]): readonly CodeableConcept[] =>
  extension.flatMap(({ url, valueCodeableConcept }) => (url === EXTENSION.observationCategory ? (valueCodeableConcept ?? []) : []));

const codeOf = ({ code = [], text }: QuestionnaireItem): CodeableConcept => ({ coding: code, ...(text ? { text } : {}) });

/** Null for what an Observation cannot hold: files, references, addresses. */
function observedIn(item: QuestionnaireItem, answer: AnswerValue): ObservedValue | null {
  const { valueCoding, valueQuantity, valueDecimal, valueInteger } = answer;
  const { unit } = settingsOf(item);
  const number = valueDecimal ?? valueInteger;
  if (number !== undefined && (unit || valueInteger === undefined)) return { valueQuantity: { value: number, ...unitOf(unit) } };
  if (valueInteger !== undefined) return { valueInteger };
  if (valueQuantity) return { valueQuantity };
  if (valueCoding) {
    const { extension: _, _display: __, ...coding } = valueCoding;
    return { valueCodeableConcept: { coding: [coding] } };
  }
  if (answer.valueBoolean !== undefined) return { valueBoolean: answer.valueBoolean };
  if (answer.valueString !== undefined) return { valueString: answer.valueString };
  if (answer.valueTime !== undefined) return { valueTime: answer.valueTime };
  const moment = answer.valueDate ?? answer.valueDateTime;
  return moment === undefined ? null : { valueDateTime: moment };
}

const unitOf = (unit: Coding | undefined): Partial<NonNullable<AnswerValue['valueQuantity']>> => ({
  ...((unit?.display ?? unit?.code) ? { unit: unit?.display ?? unit?.code ?? '' } : {}),
  ...(unit?.system ? { system: unit.system } : {}),
  ...(unit?.code ? { code: unit.code } : {}),
});
