/**
 * What of BPMN and Zeebe is understood, per element: an allow-list. Everything that is set and does not stand here is refused by name, so no
 * diagram runs otherwise than it reads.
 */

/** Say nothing about execution, or are read from the other end (flows know their elements). */
const HARMLESS = [
  'id',
  'name',
  'documentation',
  'extensionElements',
  'auditing',
  'monitoring',
  'categoryValueRef',
  'incoming',
  'outgoing',
  'lanes',
  'incomingConversationLinks',
  'outgoingConversationLinks',
  'modelerTemplate',
  'modelerTemplateVersion',
  'modelerTemplateIcon',
];

/** The interface of a process as BPMN describes it: whoever calls passes variables. A warning says so. */
export const DATA_PROPERTIES: ReadonlySet<string> = new Set(['ioSpecification']);

const ACTIVITY = [
  'default',
  'boundaryEventRefs',
  'loopCharacteristics',
  'isForCompensation',
  'startQuantity',
  'completionQuantity',
  'ioSpecification',
  'properties',
  'dataInputAssociations',
  'dataOutputAssociations',
];
const EVENT = [
  'eventDefinitions',
  'eventDefinitionRef',
  'properties',
  'dataInputAssociations',
  'dataOutputAssociations',
  'dataInputs',
  'dataOutputs',
  'inputSet',
  'outputSet',
];
const CONTAINER = ['flowElements', 'laneSets', 'artifacts'];

/** Type → the properties that are read. Types that are not here are not supported. */
export const SUPPORTED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'bpmn:Process': [...CONTAINER, 'isExecutable', 'processType', 'isClosed', 'definitionalCollaborationRef', 'properties'],
  'bpmn:SubProcess': [...ACTIVITY, ...CONTAINER, 'triggeredByEvent'],
  'bpmn:Transaction': [...ACTIVITY, ...CONTAINER, 'method'],
  'bpmn:AdHocSubProcess': [...ACTIVITY, ...CONTAINER, 'ordering', 'completionCondition', 'cancelRemainingInstances'],
  'bpmn:StartEvent': [...EVENT, 'isInterrupting', 'parallelMultiple'],
  'bpmn:EndEvent': EVENT,
  'bpmn:IntermediateCatchEvent': [...EVENT, 'parallelMultiple'],
  'bpmn:IntermediateThrowEvent': EVENT,
  'bpmn:BoundaryEvent': [...EVENT, 'attachedToRef', 'cancelActivity', 'parallelMultiple'],
  'bpmn:Task': ACTIVITY,
  'bpmn:ManualTask': ACTIVITY,
  'bpmn:UserTask': [...ACTIVITY, 'implementation'],
  'bpmn:ServiceTask': [...ACTIVITY, 'implementation'],
  'bpmn:ScriptTask': [...ACTIVITY, 'scriptFormat', 'script'],
  'bpmn:BusinessRuleTask': [...ACTIVITY, 'implementation'],
  'bpmn:SendTask': [...ACTIVITY, 'implementation', 'messageRef'],
  'bpmn:ReceiveTask': [...ACTIVITY, 'implementation', 'messageRef', 'instantiate'],
  'bpmn:CallActivity': [...ACTIVITY, 'calledElement'],
  'bpmn:ExclusiveGateway': ['default', 'gatewayDirection'],
  'bpmn:ParallelGateway': ['gatewayDirection'],
  'bpmn:InclusiveGateway': ['default', 'gatewayDirection'],
  'bpmn:EventBasedGateway': ['gatewayDirection', 'eventGatewayType', 'instantiate'],
  'bpmn:ComplexGateway': ['default', 'gatewayDirection', 'activationCondition'],
  'bpmn:SequenceFlow': ['sourceRef', 'targetRef', 'conditionExpression'],
  'bpmn:StandardLoopCharacteristics': ['testBefore', 'loopMaximum', 'loopCondition'],
  'bpmn:MultiInstanceLoopCharacteristics': [
    'isSequential',
    'loopCardinality',
    'completionCondition',
    'behavior',
    'noneBehaviorEventRef',
    'oneBehaviorEventRef',
    'complexBehaviorDefinition',
    'loopDataInputRef',
    'inputDataItem',
    'loopDataOutputRef',
    'outputDataItem',
  ],
  'bpmn:TimerEventDefinition': ['timeDate', 'timeDuration', 'timeCycle'],
  'bpmn:MessageEventDefinition': ['messageRef'],
  'bpmn:SignalEventDefinition': ['signalRef'],
  'bpmn:ErrorEventDefinition': ['errorRef'],
  'bpmn:EscalationEventDefinition': ['escalationRef'],
  'bpmn:ConditionalEventDefinition': ['condition'],
  'bpmn:CompensateEventDefinition': ['activityRef', 'waitForCompletion'],
  'bpmn:CancelEventDefinition': [],
  'bpmn:TerminateEventDefinition': [],
  'bpmn:LinkEventDefinition': [],
};

/** Flow elements and artifacts that only document. */
export const DOCUMENTING_TYPES: ReadonlySet<string> = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);

/** Root elements that are read, or that run nothing themselves. */
export const ROOT_TYPES: ReadonlySet<string> = new Set([
  'bpmn:Process',
  'bpmn:Collaboration',
  'bpmn:Message',
  'bpmn:Signal',
  'bpmn:Error',
  'bpmn:ItemDefinition',
  'bpmn:DataStore',
  'bpmn:Category',
  'bpmn:Interface',
  'bpmn:Resource',
  'bpmn:PartnerEntity',
  'bpmn:PartnerRole',
  'bpmn:EndPoint',
  'bpmn:Escalation',
  'bpmn:GlobalTask',
  'bpmn:GlobalManualTask',
  'bpmn:GlobalUserTask',
  'bpmn:GlobalScriptTask',
  'bpmn:GlobalBusinessRuleTask',
]);

/** Values that change nothing about how the element runs. */
export const NEUTRAL_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  isForCompensation: [false],
  startQuantity: [1],
  completionQuantity: [1],
  triggeredByEvent: [false],
  instantiate: [false],
  parallelMultiple: [false],
  isInterrupting: [true],
  isImmediate: [true],
  // How a transaction is agreed on between its parties is outside of what a process engine sees.
  method: ['##Compensate', '##Image', '##Store'],
};

/** Values that would run otherwise than what is understood. */
export const SUPPORTED_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  eventGatewayType: ['Exclusive', 'Parallel'],
};

/** Zeebe's extension elements: where each is read. */
const WORK = [
  'bpmn:ServiceTask',
  'bpmn:BusinessRuleTask',
  'bpmn:ScriptTask',
  'bpmn:SendTask',
  'bpmn:EndEvent',
  'bpmn:IntermediateThrowEvent',
];
const ACTIVITIES = Object.keys(SUPPORTED_PROPERTIES).filter((type) => /Task$|SubProcess$|Transaction$|CallActivity$/.test(type));
const EVENTS = Object.keys(SUPPORTED_PROPERTIES).filter((type) => type.endsWith('Event'));
const NODES = [...ACTIVITIES, ...EVENTS, ...Object.keys(SUPPORTED_PROPERTIES).filter((type) => type.endsWith('Gateway'))];

export interface ExtensionWords {
  readonly on: readonly string[];
  readonly properties: readonly string[];
}

export const SUPPORTED_EXTENSIONS: Readonly<Record<string, ExtensionWords>> = {
  'zeebe:Properties': {
    on: [...NODES, 'bpmn:Process', 'bpmn:SequenceFlow', 'bpmn:Participant', 'bpmn:Collaboration'],
    properties: ['properties'],
  },
  'zeebe:IoMapping': { on: [...ACTIVITIES, ...EVENTS], properties: ['inputParameters', 'outputParameters'] },
  'zeebe:UserTask': { on: ['bpmn:UserTask'], properties: [] },
  'zeebe:AssignmentDefinition': { on: ['bpmn:UserTask'], properties: ['assignee', 'candidateGroups', 'candidateUsers'] },
  'zeebe:TaskSchedule': { on: ['bpmn:UserTask'], properties: ['dueDate', 'followUpDate'] },
  'zeebe:PriorityDefinition': { on: ['bpmn:UserTask'], properties: ['priority'] },
  'zeebe:FormDefinition': {
    on: ['bpmn:UserTask', 'bpmn:StartEvent'],
    properties: ['formKey', 'formId', 'externalReference', 'bindingType', 'versionTag'],
  },
  'zeebe:TaskDefinition': { on: WORK, properties: ['type', 'retries'] },
  'zeebe:TaskHeaders': { on: WORK, properties: ['values'] },
  'zeebe:Script': { on: ['bpmn:ScriptTask'], properties: ['expression', 'resultVariable'] },
  'zeebe:CalledDecision': { on: ['bpmn:BusinessRuleTask'], properties: ['decisionId', 'resultVariable', 'bindingType', 'versionTag'] },
  'zeebe:CalledElement': {
    on: ['bpmn:CallActivity'],
    properties: [
      'processId',
      'processIdExpression',
      'propagateAllChildVariables',
      'propagateAllParentVariables',
      'bindingType',
      'versionTag',
    ],
  },
  'zeebe:LoopCharacteristics': {
    on: ['bpmn:MultiInstanceLoopCharacteristics'],
    properties: ['inputCollection', 'inputElement', 'outputCollection', 'outputElement'],
  },
  'zeebe:AdHoc': { on: ['bpmn:AdHocSubProcess'], properties: ['activeElementsCollection'] },
  'zeebe:Subscription': { on: ['bpmn:Message'], properties: ['correlationKey'] },
  'zeebe:VersionTag': { on: ['bpmn:Process'], properties: ['value'] },
};

/** Namespaces of other engines: their attributes mean execution, so leaving them out would change what the diagram does. */
export const OTHER_ENGINES = /^(camunda|flowable|activiti|jbpm|drools|tns|g|kogito|spiffworkflow|operaton|alfresco|bonita|qbpmn)$/;

/** Namespaces of drawing and of modelers' notes. */
export const DRAWING =
  /^(bioc|color|modeler|signavio|bpsim|xsi|xml|xmlns|di|dc|bpmndi|stardust|trisofeed|triso|drawio|yaoqiang|vpumlmodel|conversion)$/;

export const isHarmless = (property: string): boolean => HARMLESS.includes(property);
