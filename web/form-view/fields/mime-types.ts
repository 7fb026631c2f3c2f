/** `image/*`, `application/pdf` → `图片、PDF`, as people name kinds of files. */
export function mimeTypesText(types: readonly string[], words: { readonly images: string; readonly videos: string }): string {
  const names = types.map((type) => {
    if (type === 'image/*') return words.images;
    if (type === 'video/*') return words.videos;
    return NAMES[type] ?? type.slice(type.indexOf('/') + 1).toUpperCase();
  });
  return [...new Set(names)].join(', ');
}

const NAMES: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPG',
  'text/plain': 'TXT',
  'application/dicom': 'DICOM',
  'application/msword': 'Word',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.ms-excel': 'Excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
};
