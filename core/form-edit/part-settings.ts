/** Another form that stands in the place of an item (SDC modular forms, `core/form/assemble.ts`), and what a form is told when it is opened. */
import { EXTENSION } from '#core/form/extensions.ts';
import { entrySetting, partOf, withPart } from './entry-list.ts';
import { extensionsOf, withExtensions } from './extension-list.ts';
import { withMember } from './members.ts';
import { type ExtensionSetting, fhirpathOf, textExtension, withFhirpath } from './setting.ts';

/** Its canonical address, with `|version` where one is meant. */
export const subQuestionnaireSetting = textExtension(EXTENSION.subQuestionnaire, 'valueCanonical');

export const PREFIX_VARIABLE = 'linkIdPrefix';

/** What link ids of the part begin with, so that a form may have it twice. */
export const linkIdPrefixSetting: ExtensionSetting<string> = {
  read: (holder) => /^\s*'(.*)'\s*$/.exec(fhirpathOf(prefixIn(holder)?.valueExpression) ?? '')?.[1] ?? '',
  write: (holder, prefix) => {
    const before = prefixIn(holder);
    const expression = withFhirpath(withMember(before?.valueExpression ?? {}, 'name', PREFIX_VARIABLE), `'${prefix}'`);
    const written = withMember(before ?? { url: EXTENSION.variable }, 'valueExpression', expression);
    const all = extensionsOf(holder, EXTENSION.variable);
    const kept = prefix === '' ? all.filter((each) => each !== before) : all.map((each) => (each === before ? written : each));
    return withExtensions(holder, EXTENSION.variable, before || prefix === '' ? kept : [...kept, written]);
  },
};

const prefixIn = (holder: Parameters<ExtensionSetting<string>['read']>[0]) =>
  extensionsOf(holder, EXTENSION.variable).find(({ valueExpression }) => valueExpression?.name === PREFIX_VARIABLE);

/** Where value sets are asked for first. */
export const terminologyServerSetting = entrySetting<string>(EXTENSION.preferredTerminologyServer, {
  read: ({ valueUrl, valueUri }) => valueUrl ?? valueUri ?? null,
  write: (source, address) =>
    withMember(source ?? { url: EXTENSION.preferredTerminologyServer }, source?.valueUri === undefined ? 'valueUrl' : 'valueUri', address),
  nameOf: (address) => address,
});

/** What our door hands to a form, by the names and types of SDC's list. */
export const LAUNCH_TYPES: Readonly<Record<string, string>> = { user: 'Practitioner', patient: 'Patient' };

/** Names that the form's expressions may use. */
export const launchSetting = entrySetting<string>(EXTENSION.launchContext, {
  read: (source) => partOf(source, 'name')?.valueCoding?.code ?? partOf(source, 'name')?.valueString ?? null,
  write: (source, code) => {
    const named = withPart(source ?? { url: EXTENSION.launchContext }, 'name', (part) =>
      part.valueString === undefined
        ? withMember(part, 'valueCoding', { system: 'http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext', code })
        : withMember(part, 'valueString', code),
    );
    return withPart(named, 'type', (part) => withMember(part, 'valueCode', LAUNCH_TYPES[code]));
  },
  nameOf: (name) => name,
});
