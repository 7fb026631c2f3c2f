/** Invented names for many people: the same number gives the same name. */
const FAMILY = [
  ['赵', 'Zhao'],
  ['钱', 'Qian'],
  ['孙', 'Sun'],
  ['李', 'Li'],
  ['周', 'Zhou'],
  ['吴', 'Wu'],
  ['郑', 'Zheng'],
  ['王', 'Wang'],
  ['冯', 'Feng'],
  ['陈', 'Chen'],
  ['褚', 'Chu'],
  ['卫', 'Wei'],
  ['蒋', 'Jiang'],
  ['沈', 'Shen'],
  ['韩', 'Han'],
  ['杨', 'Yang'],
  ['朱', 'Zhu'],
  ['秦', 'Qin'],
  ['许', 'Xu'],
  ['何', 'He'],
] as const;
const GIVEN = [
  ['安', 'An'],
  ['博', 'Bo'],
  ['晨', 'Chen'],
  ['丹', 'Dan'],
  ['恩', 'En'],
  ['帆', 'Fan'],
  ['歌', 'Ge'],
  ['涵', 'Han'],
  ['嘉', 'Jia'],
  ['凯', 'Kai'],
  ['岚', 'Lan'],
  ['敏', 'Min'],
  ['宁', 'Ning'],
  ['平', 'Ping'],
  ['琪', 'Qi'],
  ['然', 'Ran'],
  ['思', 'Si'],
  ['彤', 'Tong'],
  ['文', 'Wen'],
  ['欣', 'Xin'],
  ['雅', 'Ya'],
  ['泽', 'Ze'],
  ['哲', 'Zhe'],
] as const;

export function inventedName(index: number): { readonly name: string; readonly nameEn: string } {
  // Coprime lengths: all pairs come before one comes again.
  const [family, familyEn] = FAMILY[index % FAMILY.length] ?? FAMILY[0];
  const [given, givenEn] = GIVEN[index % GIVEN.length] ?? GIVEN[0];
  return { name: family + given, nameEn: `${familyEn} ${givenEn}` };
}
