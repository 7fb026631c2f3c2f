/** FHIR R4 as the library of expressions knows it. Loaded with it (`../expression/load.ts`). */
import r4 from 'fhirpath/fhir-context/r4';
import type { Element, ElementModel } from './element-model.ts';

const { path2Type, path2Repeating, choiceTypePaths, pathsDefinedElsewhere, type2Parent } = r4;

const isKeyOf = (table: object, key: string): boolean => Object.hasOwn(table, key);

export const fhirModel: ElementModel = {
  isResource: (type) => isBelow(type, 'DomainResource'),
  parentOf: (type) => (isKeyOf(type2Parent, type) ? type2Parent[type] : undefined),
  elements: (path, given) => {
    const name = given.replace(/\[x\]$/, '');
    const full = `${path}.${name}`;
    if (isKeyOf(path2Type, full)) return [elementAt(full, name)];
    const types = isKeyOf(choiceTypePaths, full) ? (choiceTypePaths[full] ?? []) : [];
    return types.flatMap((type) => (isKeyOf(path2Type, full + type) ? [elementAt(full + type, name + type)] : []));
  },
};

function elementAt(full: string, key: string): Element {
  // Ids are a type of FHIRPath's own there.
  const type = String(path2Type[full]).replace('System.String', 'string');
  const own = isKeyOf(pathsDefinedElsewhere, full) ? (pathsDefinedElsewhere[full] ?? full) : full;
  return { key, type, isList: isKeyOf(path2Repeating, full), path: type === 'BackboneElement' || type === 'Element' ? own : type };
}

function isBelow(type: string, ancestor: string): boolean {
  const parent = fhirModel.parentOf(type);
  return parent === ancestor || (parent !== undefined && isBelow(parent, ancestor));
}
