/** A form from the first change to what people fill in, as an administrator does it who cannot program. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Extended, Questionnaire } from '#core/form/questionnaire.ts';
import { endEvent, smallXml, startEvent, userTask } from '#test/support/bpmn.ts';
import { browserOfFile, goTo, PHONE, restingBox } from '#test/support/browser.ts';
import { FormHand } from '#test/support/browser-form.ts';

const browser = browserOfFile();

const inEnglish = (content: string): Extended => ({
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/translation',
      extension: [
        { url: 'lang', valueCode: 'en' },
        { url: 'content', valueString: content },
      ],
    },
  ],
});

const FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  url: 'https://example.org/forms/visit',
  version: '1',
  title: '走访',
  _title: inEnglish('Visit'),
  item: [
    {
      linkId: 'about',
      type: 'group',
      text: '走访事项',
      _text: inEnglish('About the visit'),
      item: [
        { linkId: 'why', type: 'string', text: '原因', _text: inEnglish('Reason'), required: true },
        { linkId: 'urgent', type: 'boolean', text: '是否紧急', _text: inEnglish('Is it urgent') },
      ],
    },
  ],
};

async function deploy(key: string): Promise<void> {
  const designer = await browser.signedIn('p-mo-yan');
  const name = { 'zh-CN': '走访', en: 'Visit' };
  const answered = await designer.request.post('/api/definitions', {
    data: {
      descriptor: { key, name, description: name, icon: 'consult', numberPrefix: 'ZF', processId: 'p', startForm: 'visit', titleFacts: [] },
      bpmn: { file: 'visit.bpmn', xml: smallXml(startEvent + userTask('check') + endEvent(), 'start > check > end') },
      dmn: [],
      forms: [{ file: 'forms/visit.json', key: 'visit', json: FORM }],
      publish: true,
    },
  });
  expect(answered.ok(), await answered.text()).toBe(true);
  await designer.context().close();
}

async function beginToChange(page: Page, key: string): Promise<void> {
  await goTo(page, `/forms/${key}/visit`);
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.waitForURL(/\/edit$/);
  await page.getByRole('tree').waitFor();
}

const itemOf = (page: Page, label: string): Locator => page.getByRole('treeitem').filter({ hasText: label }).last();
const labelsIn = (page: Page): Promise<readonly string[]> => page.getByRole('treeitem').allInnerTexts();
const isSaved = (page: Page): Promise<void> => page.getByText(/^已保存 \d/).waitFor();

async function add(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: '添加', exact: true }).click();
  await page.getByRole('button', { name: kind, exact: true }).click();
}

/** Of the settings at the side. */
const settings = (page: Page): FormHand => new FormHand(page, page.getByRole('region', { name: '设置' }));

describe('a form', () => {
  it('is changed without a line of code, reviewed by somebody else, published, and asked from then on', async () => {
    await deploy('visit-one');
    const administrator = await browser.signedIn('p-li-na');
    await beginToChange(administrator, 'visit-one');

    // A question behind the one that is chosen.
    await itemOf(administrator, '是否紧急').click();
    await add(administrator, '单行文本');
    await settings(administrator).write('问题或标题', '紧急的理由');
    await settings(administrator).write('英文', 'Why urgent');
    await administrator.getByRole('checkbox', { name: '必填' }).check();
    // It is asked only where the one before it says so.
    await administrator.getByRole('button', { name: '何时显示' }).click();
    await administrator.getByRole('button', { name: '添加条件' }).click();
    await settings(administrator).select('条件 1 的比较', '等于');
    await settings(administrator).select('条件 1 的值', '是');

    // The living form asks it at once.
    const living = new FormHand(administrator, administrator.getByRole('region', { name: '表单', exact: true }));
    const reason = administrator.getByRole('region', { name: '表单', exact: true }).getByLabel(/^紧急的理由/);
    await reason.waitFor({ state: 'detached' });
    await living.choose('是否紧急', '是');
    await reason.waitFor();

    await isSaved(administrator);
    await administrator.getByText('改动', { exact: true }).first().click();
    await administrator.getByText('新增').waitFor();
    await administrator.getByRole('button', { name: '提交审核' }).click();
    await administrator.getByRole('dialog').getByRole('button', { name: '提交审核' }).click();
    await administrator.getByText('正在审核，不能修改').waitFor();
    await expect.poll(() => administrator.getByRole('button', { name: '发布' }).isDisabled()).toBe(true);

    const operator = await browser.signedIn('p-kang-ning');
    await goTo(operator, '/forms/visit-one/visit');
    await operator.getByRole('button', { name: '查看待审改动' }).click();
    await operator.getByRole('button', { name: '发布', exact: true }).click();
    await operator.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click();
    await operator.getByText('已作为流程第 2 版发布').waitFor();
    await operator.getByRole('button', { name: '谁改了什么' }).click();
    await operator.getByText('紧急的理由').waitFor();

    const applicant = await browser.signedIn('p-wu-tong', { locale: 'en' });
    await goTo(applicant, '/apply/visit-one');
    await applicant.getByRole('radiogroup').getByText('Yes', { exact: true }).click();
    await applicant.getByLabel(/^Why urgent/).waitFor();
    await Promise.all([administrator, operator, applicant].map((page) => page.context().close()));
  });

  it('is rearranged by dragging and by keys, with every step to be undone', async () => {
    await deploy('visit-two');
    const designer = await browser.signedIn('p-mo-yan');
    await beginToChange(designer, 'visit-two');
    await itemOf(designer, '原因').click();
    // As in an editor of text.
    await designer.keyboard.press('Alt+ArrowDown');
    await expect
      .poll(() => labelsIn(designer))
      .toMatchObject([/走访事项/, /是否紧急/, /原因/].map((label) => expect.stringMatching(label)));
    await designer.keyboard.press('Alt+ArrowLeft');
    await designer.keyboard.press('Control+d');
    await expect.poll(async () => (await labelsIn(designer)).length).toBe(4);
    await designer.getByRole('button', { name: '撤销', exact: true }).click();
    await designer.getByRole('button', { name: '撤销', exact: true }).click();
    await designer.getByRole('button', { name: '撤销', exact: true }).click();
    expect((await labelsIn(designer)).map((label) => label.trim().replace(/\s*\*$/, ''))).toEqual(['走访事项', '原因', '是否紧急']);

    await drag(designer, rowOf(designer, '是否紧急'), rowOf(designer, '原因'), { down: 0.1 });
    await expect.poll(async () => (await labelsIn(designer))[1]).toContain('是否紧急');

    await itemOf(designer, '走访事项').click();
    await designer.keyboard.press('Delete');
    await designer.getByText('表单还是空的').waitFor();
    await designer.getByRole('button', { name: '撤销', exact: true }).click();
    await designer.getByRole('tree').waitFor();
    await designer.context().close();
  });

  it('takes new questions where they are dropped on it, and items by their handles', async () => {
    await deploy('visit-nine');
    const designer = await browser.signedIn('p-mo-yan');
    await beginToChange(designer, 'visit-nine');
    const form = formOf(designer);
    await designer.getByRole('button', { name: '添加', exact: true }).click();
    // Above the first question of the group, where the line shows it.
    await drag(designer, designer.getByRole('button', { name: '整数', exact: true }), drawn(form, '原因'), { down: 0.1 });
    await expect.poll(async () => (await labelsIn(designer))[1]).toContain('整数');
    await designer.getByRole('button', { name: '添加', exact: true }).waitFor();
    await designer.getByRole('searchbox', { name: '查找题型或分组' }).waitFor({ state: 'hidden' });

    await drawn(form, '是否紧急').hover();
    await drag(designer, form.getByRole('button', { name: /^移动“是否紧急”/ }), drawn(form, '整数'), { down: 0.1, across: 0.1 });
    await expect
      .poll(async () => (await labelsIn(designer)).map((label) => label.trim().split(/\s/)[0]))
      .toEqual(['走访事项', '是否紧急', '整数', '原因']);

    // The same with keys: Tab into the form chooses, the handle moves, and says so.
    await drawn(form, '整数').click({ position: { x: 4, y: 4 } });
    await form.getByRole('button', { name: /^移动“整数”/ }).focus();
    await designer.keyboard.press('Alt+ArrowDown');
    await designer.getByText('已将“整数”移到“走访事项”的第 3 位。').waitFor({ state: 'attached' });
    await designer.keyboard.press('Alt+ArrowLeft');
    await designer.getByText('已将“整数”移到“整张表单”的第 2 位。').waitFor({ state: 'attached' });
    await expect
      .poll(() => form.getByRole('button', { name: /^移动“整数”/ }).evaluate((handle) => handle === document.activeElement))
      .toBe(true);
    const { violations } = await new AxeBuilder({ page: designer }).setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

    // Nothing is dropped on itself, and Escape gives up.
    const before = await labelsIn(designer);
    const handle = form.getByRole('button', { name: /^移动“整数”/ });
    await hold(designer, handle, drawn(form, '走访事项'));
    await designer.keyboard.press('Escape');
    await designer.mouse.up();
    expect(await labelsIn(designer)).toEqual(before);
    await isSaved(designer);
    await designer.context().close();
  });

  it('carries drafts over by steps that its author changed', async () => {
    await deploy('visit-ten');
    const operator = await browser.signedIn('p-mo-yan');
    await beginToChange(operator, 'visit-ten');
    await itemOf(operator, '原因').click();
    await add(operator, '多行文本');
    await settings(operator).write('问题或标题', '走访理由');
    await itemOf(operator, '原因').click();
    await operator.keyboard.press('Delete');
    await itemOf(operator, '原因').waitFor({ state: 'detached' });
    await operator.getByText('改动', { exact: true }).first().click();
    await operator.getByRole('button', { name: '更改：舍弃“原因”的回答' }).click();
    const dialog = operator.getByRole('dialog', { name: '更改步骤' });
    await dialog.getByRole('textbox', { name: '告诉填写者（可不填）' }).fill('请另行说明');
    await dialog.getByText('转到另一题').click();
    const hand = new FormHand(operator, dialog);
    // One that has answers of its own would lose them.
    await hand.pick('转到新表单的', '是否紧急');
    await dialog.getByText('这一题原来就有，草稿中它自己的回答会丢失。').waitFor();
    await hand.pick('转到新表单的', '走访理由');
    await dialog.getByText('这一题原来就有').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: '确定' }).click();
    const steps = operator.getByRole('list', { name: '正在填写的草稿' });
    await steps.getByText('“原因”的回答转到“走访理由”').waitFor();
    await steps.getByText('转换“走访理由”的回答').waitFor();
    await operator.getByRole('button', { name: '在现有草稿上试算' }).click();
    await operator.getByText('现在没有未提交的草稿。').waitFor();
    await isSaved(operator);
    const { steps: saved } = await (await operator.request.get('/api/forms/visit-ten/visit/edition')).json();
    expect(saved).toMatchObject([
      { kind: 'rename-item', from: 'why' },
      { kind: 'convert', from: 'string', to: 'text' },
    ]);
    await operator.reload();
    await operator.getByText('改动', { exact: true }).first().click();
    await steps.getByText('“原因”的回答转到“走访理由”').waitFor();
    const { violations } = await new AxeBuilder({ page: operator }).setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await operator.context().close();
  });

  it('tells its author at once what is wrong, and where', async () => {
    await deploy('visit-three');
    const designer = await browser.signedIn('p-mo-yan');
    await beginToChange(designer, 'visit-three');
    await itemOf(designer, '是否紧急').click();
    await designer.getByRole('button', { name: '值与计算' }).click();
    await settings(designer).select('计算得出', '表达式（FHIRPath）');
    await settings(designer).write('计算表达式', "%resource.item.where(linkId='abo");
    // Link ids are offered while one is written.
    await designer.getByRole('button', { name: /about/ }).click();
    await settings(designer).write('计算表达式', '1 +');
    await designer.getByText(/表达式读不懂/).waitFor();
    await designer.getByText('1 个问题').first().waitFor();
    await expect.poll(() => designer.getByRole('button', { name: '提交审核' }).isDisabled()).toBe(true);
    // In words, as a phone has no pointer to hover with.
    await designer.getByText('有 1 个错误，改好后才能提交。').waitFor();
    await settings(designer).write('计算表达式', 'true');
    await designer.getByText('没有发现问题').waitFor();
    await designer.getByText('现在的值：true').waitFor();
    const { violations } = await new AxeBuilder({ page: designer }).setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await designer.context().close();
  });

  it('is not overwritten by a second window in silence', async () => {
    await deploy('visit-four');
    const [one, other] = await Promise.all([browser.signedIn('p-mo-yan'), browser.signedIn('p-li-na')]);
    await beginToChange(one, 'visit-four');
    await goTo(other, '/forms/visit-four/visit/edit');
    await itemOf(one, '原因').click();
    await settings(one).write('问题或标题', '走访原因');
    await isSaved(one);
    await itemOf(other, '原因').click();
    await settings(other).write('问题或标题', '为什么走访');
    await other.getByText('莫妍刚保存了另一份改动').waitFor();
    await other.getByRole('button', { name: /用对方的/ }).click();
    await itemOf(other, '走访原因').waitFor();
    await other.getByRole('button', { name: '撤销', exact: true }).click();
    await itemOf(other, '为什么走访').waitFor();
    await isSaved(other);
    await Promise.all([one, other].map((page) => page.context().close()));
  });

  it('goes out and comes in as the standard has it, and as a spreadsheet', async () => {
    await deploy('visit-five');
    const designer = await browser.signedIn('p-mo-yan');
    await beginToChange(designer, 'visit-five');
    const exported = async (entry: string): Promise<string> => {
      const [download] = await Promise.all([designer.waitForEvent('download'), inExchange(designer, entry)]);
      return download.path();
    };
    expect(JSON.parse(await readFile(await exported('导出 Questionnaire（JSON）'), 'utf8'))).toEqual(FORM);

    const [json] = await Promise.all([designer.waitForEvent('filechooser'), inExchange(designer, '导入 Questionnaire（JSON）')]);
    const foreign = { ...FORM, item: [{ linkId: 'other', type: 'string', text: '别处来的问题' }] };
    await json.setFiles({ name: 'foreign.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(foreign)) });
    await itemOf(designer, '别处来的问题').waitFor();
    await designer.getByRole('button', { name: '撤销', exact: true }).click();

    const sheet = await exported('导出表格（xlsx）');
    await itemOf(designer, '是否紧急').click();
    await designer.keyboard.press('Delete');
    await itemOf(designer, '是否紧急').waitFor({ state: 'detached' });
    const [chooser] = await Promise.all([designer.waitForEvent('filechooser'), inExchange(designer, '导入表格（xlsx）')]);
    await chooser.setFiles({ name: 'visit.xlsx', mimeType: 'application/vnd.ms-excel', buffer: await readFile(sheet) });
    await itemOf(designer, '是否紧急').waitFor();
    await isSaved(designer);
    const { questionnaire } = await (await designer.request.get('/api/forms/visit-five/visit/edition')).json();
    expect(questionnaire).toEqual(FORM);
    await designer.context().close();
  });

  it('is translated beside its source, and pasted options become answers', async () => {
    await deploy('visit-six');
    const designer = await browser.signedIn('p-mo-yan');
    await beginToChange(designer, 'visit-six');
    await add(designer, '单选');
    await designer.getByRole('button', { name: '从表格粘贴' }).click();
    await designer.getByRole('textbox', { name: '粘贴的内容' }).fill('编码\t文字\t英文\t分值\na\t从不\tNever\t0\nb\t经常\tOften\t3');
    await designer.getByText('识别出 2 个选项').waitFor();
    await designer.getByRole('button', { name: '替换现有选项' }).click();
    await designer.getByRole('region', { name: '表单', exact: true }).getByText('经常').waitFor();
    await settings(designer).confirm('向填写者显示选项分值');
    await formOf(designer).getByText('经常（3 分）').waitFor();
    // What only engineers need is folded, and there.
    await designer.getByRole('button', { name: '数据交换（FHIR）' }).click();
    await settings(designer).select('存为观察结果（Observation）', '各自一条');
    await designer.getByText('翻译', { exact: true }).first().click();
    await designer.getByRole('textbox', { name: '英文: 原因' }).fill('Why');
    await designer
      .getByText(/已翻译 \d+／\d+/)
      .first()
      .waitFor();
    await isSaved(designer);
    const { questionnaire } = await (await designer.request.get('/api/forms/visit-six/visit/edition')).json();
    expect(JSON.stringify(questionnaire)).toContain('"Why"');
    expect(JSON.stringify(questionnaire)).toContain('observationExtract');
    await designer.context().close();
  });

  it('counts by picking what counts', async () => {
    await deploy('visit-eight');
    const designer = await browser.signedIn('p-mo-yan');
    await beginToChange(designer, 'visit-eight');
    await add(designer, '整数');
    await settings(designer).write('问题或标题', '应答数');
    await designer.getByRole('button', { name: '值与计算' }).click();
    await settings(designer).select('计算得出', '回答个数');
    await settings(designer).pick('参与计算的问题', '是否紧急');
    const form = designer.getByRole('region', { name: '表单', exact: true });
    await new FormHand(designer, form).choose('是否紧急', '否');
    await expect.poll(() => form.getByLabel(/^应答数/).inputValue()).toBe('1');
    await isSaved(designer);
    // Between an answer and the next edit there is no pause: the form is drawn anew, and the answer stays.
    await new FormHand(designer, form).choose('是否紧急', '是');
    await designer.getByRole('button', { name: '撤销', exact: true }).click();
    await expect.poll(() => form.getByLabel(/^应答数/).isEditable()).toBe(true);
    await form.getByRole('radio', { name: '是', exact: true, checked: true }).waitFor();
    await designer.context().close();
  });

  it('is changed on a phone as well', async () => {
    await deploy('visit-seven');
    const administrator = await browser.signedIn('p-li-na', { viewport: PHONE });
    await beginToChange(administrator, 'visit-seven');
    await itemOf(administrator, '原因').tap();
    await administrator.getByRole('button', { name: /^下移/ }).tap();
    await expect.poll(async () => (await labelsIn(administrator))[2]).toContain('原因');
    const parts = administrator.getByRole('radiogroup', { name: '显示哪一部分' });
    await parts.getByText('设置', { exact: true }).tap();
    await settings(administrator).write('问题或标题', '走访原因');
    await parts.getByText('表单', { exact: true }).tap();
    await administrator.getByRole('region', { name: '表单', exact: true }).getByText('走访原因').waitFor();

    // A finger that rests takes a question out of the menu, and puts it down where it is let go.
    await administrator.getByRole('button', { name: '添加', exact: true }).tap();
    const kind = administrator.getByRole('button', { name: '日期', exact: true });
    await dragWithFinger(administrator, kind, drawn(formOf(administrator), '是否紧急'));
    await expect.poll(async () => formOf(administrator).getByText('日期', { exact: true }).count()).toBe(1);
    await parts.getByText('项目', { exact: true }).tap();
    await expect
      .poll(async () => (await labelsIn(administrator)).map((label) => label.trim().split(/\s/)[0]))
      .toEqual(['走访事项', '日期', '是否紧急', '走访原因']);
    await isSaved(administrator);
    await administrator.context().close();
  });
});

const formOf = (page: Page): Locator => page.getByRole('region', { name: '表单', exact: true });
/** An item as it is drawn in the form. */
const drawn = (form: Locator, label: string): Locator => form.locator('[data-link-id]').filter({ hasText: label }).last();
const rowOf = (page: Page, label: string): Locator => itemOf(page, label).locator('[data-link-id]');

interface Aim {
  /** Shares of the target's height and width at which it is let go. */
  readonly down?: number;
  readonly across?: number;
}

/** Held over the target, and not let go. */
async function hold(page: Page, from: Locator, to: Locator, { down = 0.5, across = 0.5 }: Aim = {}): Promise<void> {
  await to.scrollIntoViewIfNeeded();
  await from.hover();
  const [start, end] = [await restingBox(from), await restingBox(to)];
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 12, start.y + start.height / 2 + 12, { steps: 3 });
  await page.mouse.move(end.x + end.width * across, end.y + end.height * down, { steps: 10 });
}

async function drag(page: Page, from: Locator, to: Locator, aim: Aim = {}): Promise<void> {
  await hold(page, from, to, aim);
  await page.locator('[data-drop-place]').waitFor();
  await page.mouse.up();
  await page.locator('[data-drop-place]').waitFor({ state: 'detached' });
}

/** A finger rests, moves and is lifted near the upper edge of the target. */
async function dragWithFinger(page: Page, from: Locator, to: Locator): Promise<void> {
  const finger = await page.context().newCDPSession(page);
  await from.scrollIntoViewIfNeeded();
  const [start, end] = [await restingBox(from), await restingBox(to)];
  const at = { x: start.x + start.width / 2, y: start.y + start.height / 2 };
  const goal = { x: end.x + end.width / 2, y: end.y + 6 };
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await page.locator('[data-dragged]').waitFor();
  for (let step = 1; step <= 10; step += 1) {
    const [x, y] = [at.x + ((goal.x - at.x) * step) / 10, at.y + ((goal.y - at.y) * step) / 10];
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
  }
  await page.locator('[data-drop-place]').waitFor();
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

async function inExchange(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: '导入／导出' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}
