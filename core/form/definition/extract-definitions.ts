/**
 * Resources from answers (SDC 6.3, definition-based extraction): where the form, a group or a question says that it begins a resource, the answers
 * below it fill the elements that their definitions name. What cannot be put anywhere is listed, and nothing is put somewhere else instead.
 */
import { canonicalHash } from '#core/journal/canonical.ts';
import { type BoundItem, bindResponse, type Container, hasAnswers } from '../bind.ts';
import { createEnablement } from '../enablement.ts';
import type { ExpressionEngine } from '../expression/engine.ts';
import { settingsOf } from '../extensions.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer } from '../response.ts';
import { uuidFrom } from '../uuid-from.ts';
import { Draft, type Layer, type Place, type Refusal, withoutEmpty } from './draft.ts';
import type { Element, ElementModel } from './element-model.ts';
import { fromAnswer, fromResult, type Valued } from './element-value.ts';
import { allocatedIds, type Definition, type Extraction, extractionsOf, readDefinition, statedValues } from './extractions.ts';

export interface DefinitionContext {
  readonly model: ElementModel;
  readonly engine: ExpressionEngine;
}

export interface ExtractedEntry {
  readonly fullUrl: string;
  readonly resource: unknown;
  /** PUT where the form gives the resource its id, else POST. */
  readonly request: Readonly<Record<string, unknown>> & { readonly method: 'POST' | 'PUT'; readonly url: string };
}

export interface Unmapped {
  /** Empty: the form as a whole. */
  readonly linkId: string;
  readonly definition: string;
  /** `resource`: no resource of its type is begun around it. `query`: what is there already would have to be asked for. */
  readonly reason: Refusal | 'resource' | 'query' | 'expression';
}

export interface Extracted {
  readonly entry: readonly ExtractedEntry[];
  readonly unmapped: readonly Unmapped[];
}

/** The response must be as it was submitted: what is computed stands in it, what is disabled does not. */
export function extractDefinitions(questionnaire: Questionnaire, response: QuestionnaireResponse, context: DefinitionContext): Extracted {
  return new DefinitionExtraction(questionnaire, response, context).run();
}

/** A resource that is being filled, and where the groups around the current item stand in it, the innermost first. */
interface Open {
  readonly extraction: Extraction;
  readonly draft: Draft;
  readonly places: readonly Place[];
  readonly layer: Layer;
}

interface Scope {
  /** The innermost first. */
  readonly opens: readonly Open[];
  /** Ids that were allocated, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** What expressions are about; null: the whole response. */
  readonly focus: unknown;
}

type Choose = (elements: readonly Element[]) => Valued | null;
type Holder = Questionnaire | QuestionnaireItem;

const linkIdOf = (holder: Holder): string => ('linkId' in holder ? holder.linkId : '');

class DefinitionExtraction {
  private readonly isEnabled = createEnablement();
  private readonly begun: { readonly open: Open; readonly scope: Scope; readonly holder: Holder; readonly path: string }[] = [];
  private readonly unmapped = new Map<string, Unmapped>();
  private readonly hash: string;

  constructor(
    private readonly questionnaire: Questionnaire,
    private readonly response: QuestionnaireResponse,
    private readonly context: DefinitionContext,
  ) {
    this.hash = canonicalHash(response);
  }

  run(): Extracted {
    const scope = this.begin(this.questionnaire, '', { opens: [], variables: {}, focus: null });
    this.readContainer(bindResponse(this.questionnaire, this.response), scope);
    this.state(this.questionnaire, scope);
    const entry = this.begun.filter(({ open }) => open.draft.answers > 0).map((each) => this.entryOf(each));
    return { entry, unmapped: [...this.unmapped.values()] };
  }

  private readContainer(container: Container, scope: Scope): void {
    for (const bound of container.items) if (this.isEnabled(bound)) this.readItem(bound, scope);
  }

  private readItem({ item, path, instances, answers, sources }: BoundItem, around: Scope): void {
    for (const instance of item.type === 'group' ? instances.filter(hasAnswers) : []) {
      const begun = this.begin(item, instance.path, { ...around, focus: instance.source });
      const scope = item.definition === undefined && item.repeats ? withNewLayers(begun) : this.enter(item, begun);
      this.readContainer(instance, scope);
      this.state(item, scope);
    }
    for (const { answer, nested, path: at } of answers) {
      const scope = this.answer(item, answer, this.begin(item, at, { ...around, focus: sources[0] ?? { linkId: item.linkId, path } }));
      this.state(item, scope);
      this.readContainer(nested, scope);
    }
  }

  /** Ids and resources that begin here. */
  private begin(holder: Holder, path: string, around: Scope): Scope {
    const ids = allocatedIds(holder).map((name) => [name, this.idFor(path, name)] as const);
    const variables = ids.length > 0 ? { ...around.variables, ...Object.fromEntries(ids) } : around.variables;
    const opens: Open[] = [];
    for (const extraction of extractionsOf(holder, this.questionnaire, this.context.model)) {
      if (extraction.type === null) {
        this.miss(holder, extraction.profile ?? 'itemExtractionContext', extraction.profile === null ? 'query' : 'resource');
        continue;
      }
      const draft = new Draft(this.context.model, extraction.type);
      opens.push({ extraction, draft, places: [draft.root], layer: new Map() });
    }
    const scope = { ...around, variables, opens: [...opens, ...around.opens] };
    for (const open of opens) this.begun.push({ open, scope, holder, path });
    return scope;
  }

  /** A group that stands for an element. */
  private enter(item: QuestionnaireItem, scope: Scope): Scope {
    const found = this.openFor(item, item.definition, scope);
    if (!found) return scope;
    const { open, definition, place } = found;
    const entered = open.draft.enter(definition.path, place, open.layer);
    if (typeof entered === 'string') {
      this.miss(item, item.definition ?? '', entered);
      return scope;
    }
    return replaced(scope, open, { ...open, places: [entered, ...open.places], layer: new Map() });
  }

  private answer(item: QuestionnaireItem, answer: ResponseAnswer, scope: Scope): Scope {
    const { model } = this.context;
    return this.put(item, item.definition, scope, (elements) => fromAnswer(model, elements, answer, settingsOf(item).unit));
  }

  /** Values that the form states, once there are answers beside them. */
  private state(holder: Holder, scope: Scope): void {
    for (const { definition, fixed, expression } of statedValues(holder)) {
      const results = expression === undefined ? [fixed] : this.evaluate(expression, scope);
      if (!results) this.miss(holder, definition, 'expression');
      for (const result of results ?? []) {
        this.put(holder, definition, scope, (elements) => fromResult(this.context.model, elements, result), false);
      }
    }
  }

  /** Gives the scope in which it was put: a value whose place is taken goes into another member, and what belongs to it follows. */
  private put(holder: Holder, stated: string | undefined, scope: Scope, choose: Choose, isAnswer = true): Scope {
    const found = this.openFor(holder, stated, scope);
    if (!found) return scope;
    const { open, definition, place } = found;
    let { layer } = open;
    let refusal = open.draft.put(definition.path, place, layer, choose);
    if (refusal === 'taken') {
      layer = new Map();
      refusal = open.draft.put(definition.path, place, layer, choose);
    }
    if (refusal) this.miss(holder, stated ?? '', refusal);
    else if (isAnswer) open.draft.answers += 1;
    return layer === open.layer ? scope : replaced(scope, open, { ...open, layer });
  }

  /** Null where there is nothing to fill: definitions also say what an item means, without any resource. */
  private openFor(
    holder: Holder,
    stated: string | undefined,
    { opens }: Scope,
  ): { readonly open: Open; readonly definition: Definition; readonly place: Place } | null {
    const definition = stated === undefined ? null : readDefinition(stated);
    if (!definition || opens.length === 0) return null;
    const { profile, type, path } = definition;
    const open =
      opens.find(({ extraction }) => extraction.profile === profile && extraction.type === type) ??
      opens.find(({ draft }) => draft.type === type);
    const place = open?.places.find((each) => path.startsWith(`${each.path}.`));
    if (open && place) return { open, definition, place };
    this.miss(holder, stated ?? '', 'resource');
    return null;
  }

  private evaluate(expression: string | null, { focus, variables }: Scope): readonly unknown[] | null {
    if (expression === null) return null;
    const isWhole = focus === null || focus === undefined;
    const { response: resource, questionnaire } = this;
    try {
      const compiled = this.context.engine.compile(expression, isWhole ? 'QuestionnaireResponse' : 'QuestionnaireResponse.item');
      const about = isWhole ? resource : focus;
      return compiled(about, { resource, rootResource: resource, context: about, questionnaire, ...variables });
    } catch {
      // The form's fault, not the answer's: it is listed by whoever asked.
      return null;
    }
  }

  private entryOf({ open, scope, holder, path }: (typeof this.begun)[number]): ExtractedEntry {
    const { draft, extraction } = open;
    const resource = withoutEmpty(draft.resource);
    const { fullUrl: own, ...asked } = extraction.entry;
    const text = (name: string, expression: string): string | undefined => {
      const [result] = this.evaluate(expression, scope) ?? [];
      if (result === undefined) this.miss(holder, name, 'expression');
      return result === undefined ? undefined : String(result);
    };
    const conditions = Object.entries(asked).flatMap(([name, expression]) => {
      const value = text(name, expression);
      return value === undefined ? [] : [[name, value] as const];
    });
    const id = draft.resource.id;
    return {
      fullUrl: (own === undefined ? undefined : text('fullUrl', own)) ?? this.idFor(path, draft.type),
      resource,
      request: {
        ...(typeof id === 'string' ? { method: 'PUT', url: `${draft.type}/${id}` } : { method: 'POST', url: draft.type }),
        ...Object.fromEntries(conditions),
      },
    };
  }

  private idFor(path: string, name: string): string {
    return `urn:uuid:${uuidFrom(canonicalHash([this.hash, path, name]))}`;
  }

  private miss(holder: Holder, definition: string, reason: Unmapped['reason']): void {
    const linkId = linkIdOf(holder);
    this.unmapped.set(`${linkId}\n${definition}`, { linkId, definition, reason });
  }
}

const withNewLayers = (scope: Scope): Scope => ({ ...scope, opens: scope.opens.map((open) => ({ ...open, layer: new Map() })) });

const replaced = (scope: Scope, open: Open, by: Open): Scope => ({
  ...scope,
  opens: scope.opens.map((each) => (each === open ? by : each)),
});
