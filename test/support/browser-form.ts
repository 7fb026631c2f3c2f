/** Fills a form as a person does: by the words that stand beside each control. */
import type { Locator, Page } from 'playwright-core';

export class FormHand {
  readonly #page: Page;
  readonly #scope: Locator;

  /** `scope` is the part of the page in which the words are unambiguous. */
  constructor(page: Page, scope: Locator = page.getByRole('main')) {
    this.#page = page;
    this.#scope = scope;
  }

  /** One section of the form, or a group inside one. */
  section(title: string): FormHand {
    const named = { name: title, exact: true };
    return new FormHand(this.#page, this.#scope.getByRole('region', named).or(this.#scope.getByRole('group', named)));
  }

  async write(label: string, words: string): Promise<void> {
    const box = this.#scope.getByRole('textbox', { name: label, exact: true });
    // As a person looks at what was typed: a page that is just being drawn may lose the selection that is to be replaced.
    do await box.fill(words);
    while ((await box.inputValue()) !== words);
  }

  /** What stands in the field. */
  written(label: string): Promise<string> {
    return this.#scope.getByRole('textbox', { name: label, exact: true }).inputValue();
  }

  async number(label: string, value: number): Promise<void> {
    const box = this.#scope.getByRole('spinbutton', { name: label, exact: true });
    do await box.fill(String(value));
    while ((await box.inputValue()) !== String(value));
    await box.blur();
  }

  /** The number in the field, as it is written there. */
  counted(label: string): Promise<string> {
    return this.#scope.getByRole('spinbutton', { name: label, exact: true }).inputValue();
  }

  /** What the system filled in, as it is shown. */
  async shown(label: string): Promise<string> {
    return (await this.#scope.getByLabel(label, { exact: true }).textContent()) ?? '';
  }

  /** A choice between radio buttons. */
  async choose(label: string, option: string): Promise<void> {
    await this.#scope.getByRole('radiogroup', { name: label, exact: true }).getByText(option, { exact: true }).click();
  }

  /** Any number of check boxes. */
  async tick(label: string, ...options: readonly string[]): Promise<void> {
    const group = this.#scope.getByRole('group', { name: label, exact: true });
    for (const option of options) await group.getByRole('checkbox', { name: option, exact: true }).check();
  }

  async confirm(label: string): Promise<void> {
    await this.#scope.getByRole('checkbox', { name: label, exact: true }).check();
  }

  /** An option from a list that opens: typed, as far as needed, and taken. */
  async pick(label: string, option: string): Promise<void> {
    const box = this.#scope.getByRole('combobox', { name: label, exact: true });
    await box.click();
    await box.fill(option);
    await this.#page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(option).first().click();
    // A list of several stays open over what comes next.
    await box.blur();
  }

  /** An option from a short list, in which nothing is typed. */
  async select(label: string, option: string): Promise<void> {
    await this.#scope.getByRole('combobox', { name: label, exact: true }).click();
    await this.#page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(option, { exact: true }).click();
  }

  /** A date or a point in time, typed; where the device has a picker of its own (a phone), as that gives it. */
  async date(label: string, value: string): Promise<void> {
    const box = this.#scope.getByRole('textbox', { name: label, exact: true });
    const isOfTheDevice = (await box.getAttribute('type')) === 'datetime-local';
    await box.fill(isOfTheDevice ? value.replace(' ', 'T') : value);
    if (!isOfTheDevice) await box.press('Enter');
    await box.blur();
  }

  async sign(): Promise<void> {
    await this.#scope.getByRole('button', { name: /\S\s*签名$|Sign as/ }).click();
  }
}
