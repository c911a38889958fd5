import type { Locator, Page } from 'playwright-core';
import { BrowserBench } from '../page/browser-bench';
import { workspaceOf } from '../support/taskrouter-process';

/** The agent page, which also talks to the event bridge of TaskRouter. */
export class AgentBench extends BrowserBench {
  get origin(): string {
    return this.ready.functionsUrl ?? '';
  }

  protected override get otherOrigins(): readonly string[] {
    return [this.ready.taskrouterUrl];
  }

  protected override readonly icon = 'lifecycle.svg';

  get workspace() {
    return workspaceOf(this.ready);
  }

  /** Alice's. */
  override visit(page: Page): Promise<void> {
    return this.visitAs(page, 'Alice');
  }

  async visitAs(page: Page, worker: string): Promise<void> {
    await page.goto(`${this.origin}/agent.html?worker=${worker}`);
    await page.getByText('connected', { exact: true }).waitFor();
  }

  createTask(attributes: object): Promise<{ task_sid: string }> {
    return this.elsewhere('create-task', { attributes: JSON.stringify(attributes) });
  }

  async makeIdle(...workers: string[]): Promise<void> {
    for (const worker of workers) await this.elsewhere('set-worker-activity', { worker, activity: 'Idle' });
  }
}

export function reservation(page: Page, status: string): Locator {
  return page.locator(`[data-reservation-sid][data-status="${status}"]`);
}

/** A button of a reservation: screen readers hear the task in its name, too. */
export function actionAt(card: Locator, name: string): Locator {
  return card.getByRole('button', { name: new RegExp(`^${name}\\b`) });
}
