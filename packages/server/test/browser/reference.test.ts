import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { openWorld, type World } from '../support/world.ts';

describe('the pages that explain the API', () => {
  let browser: Browser;
  let w: World;
  before(async () => {
    [browser, w] = await Promise.all([openBrowser(), openWorld()]);
  });
  after(async () => {
    await browser.close();
    await w.close();
  });

  for (const width of [1400, 390]) {
    it(`fit a window ${width} pixels wide`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 844 } });
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      for (const [path, heading] of [
        ['/docs/', 'Latchkey'],
        ['/docs/errors', 'Error codes'],
      ] as const) {
        await page.goto(`${w.app.config.publicUrl}${path}`);
        await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        assert.equal(wide, width, path);
      }
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
});
