/** Words of FHIRPath (https://hl7.org/fhirpath/N1/) that forms use, in the order in which people need them. */

/** Of a response and of its items and answers. */
export const MEMBERS = ['answer', 'value', 'item', 'linkId', 'code', 'display', 'unit'];

export const FUNCTIONS = [
  ...['where()', 'exists()', 'empty()', 'not()', 'first()', 'last()', 'count()', 'sum()', 'ordinal()', 'weight()', 'select()', 'all()'],
  ...[
    'descendants()',
    'repeat()',
    'ofType()',
    'distinct()',
    'tail()',
    'skip()',
    'take()',
    'single()',
    'union()',
    'intersect()',
    'exclude()',
  ],
  ...[
    'min()',
    'max()',
    'avg()',
    'aggregate()',
    'round()',
    'floor()',
    'ceiling()',
    'abs()',
    'power()',
    'sqrt()',
    'ln()',
    'exp()',
    'truncate()',
  ],
  ...['toInteger()', 'toDecimal()', 'toString()', 'toDate()', 'toDateTime()', 'toTime()', 'toQuantity()', 'toBoolean()'],
  ...['contains()', 'startsWith()', 'endsWith()', 'matches()', 'replace()', 'substring()', 'indexOf()', 'length()', 'upper()', 'lower()'],
  ...['trim()', 'join()', 'split()', 'extension()', 'is()', 'as()'],
];

/** With which a term may begin, beside a variable or a member. */
export const STARTS = ['%', 'iif()', 'today()', 'now()', 'true', 'false', '$this', '$index', '$total', 'defineVariable()'];
