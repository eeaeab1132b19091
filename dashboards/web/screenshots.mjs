// Opens the pages of a running server in Chromium, writes pictures, and checks
// them: no script errors, no sideways scrolling of the page, no axe violations.
//
//   node screenshots.mjs http://127.0.0.1:8080 /tmp/pictures [/path ...]
//
// Without paths: the overview, and the page of the first merchant. CHROMIUM
// names another browser. Exit code 1 when something was found.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const [base, folder, ...given] = process.argv.slice(2);
if (!base || !folder) {
  console.error('usage: node screenshots.mjs BASE_URL FOLDER [PATH ...]');
  process.exit(2);
}

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const views = [
  { name: '1280-light-en', width: 1280, height: 900, colorScheme: 'light', lang: 'en' },
  { name: '1280-dark-zh', width: 1280, height: 900, colorScheme: 'dark', lang: 'zh-CN' },
  { name: '390-light-zh', width: 390, height: 844, colorScheme: 'light', lang: 'zh-CN' },
  { name: '390-dark-en', width: 390, height: 844, colorScheme: 'dark', lang: 'en' },
];

async function paths() {
  if (given.length > 0) {
    return given;
  }
  const answer = await fetch(`${base}/api/v1/merchants`);
  const rows = answer.ok ? await answer.json() : [];
  return rows.length > 0 ? ['/', `/m/${rows[0].merchant_id}`] : ['/'];
}

/** Waits until no panel is asking any more; panels that never end show as they are. */
async function settled(page) {
  await page.waitForLoadState('networkidle', { timeout: 15_000 }).catch(() => {});
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'), null, { timeout: 15_000 }).catch(() => {});
  await page.waitForTimeout(400); // charts come a moment after their answers
}

async function look(browser, view, path) {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height }, colorScheme: view.colorScheme,
    locale: view.lang, reducedMotion: 'reduce', hasTouch: view.width < 600,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  await page.goto(base + path);
  await settled(page);
  const name = `${path === '/' ? 'overview' : path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '')}-${view.name}`;
  await writeFile(join(folder, `${name}.png`), await page.screenshot({ fullPage: true }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) {
    faults.push(`the page scrolls sideways by ${wide} px`);
  }
  faults.push(...(await small(page)));
  faults.push(...(await axe(page)));
  await open(page);
  faults.push(...(await axe(page)));
  await writeFile(join(folder, `${name}-open.png`), await page.screenshot({ fullPage: true }));
  await context.close();
  return faults.map((fault) => `${name}: ${fault}`);
}

async function axe(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((v) => `axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`);
}

/** Opens what can be opened: a chart's tip, then every table and definition. */
async function open(page) {
  const chart = page.locator('figure svg').first();
  if ((await chart.count()) > 0) {
    await chart.scrollIntoViewIfNeeded();
    await chart.hover({ position: { x: 160, y: 60 }, force: true });
    await page.waitForTimeout(200);
  }
  await page.$$eval('button[aria-expanded="false"], figure button[aria-pressed="false"]', (all) => all.forEach((button) => button.click()));
  await page.waitForTimeout(200);
}

/** Buttons and fields under 44 px are hard to hit with a thumb. */
function small(page) {
  return page.$$eval('button, select, input', (all) =>
    all
      .map((e) => ({ e, box: e.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
      .slice(0, 3)
      .map(({ e, box }) => `small target: ${e.className || e.tagName} ${Math.round(box.width)}x${Math.round(box.height)}`),
  );
}

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
const found = [];
for (const path of await paths()) {
  for (const view of views) {
    found.push(...(await look(browser, view, path)));
  }
}
await browser.close();
const faults = new Set(found);
for (const fault of faults) {
  console.log(fault);
}
console.log(faults.size === 0 ? `no faults; pictures are in ${folder}` : `${faults.size} faults`);
process.exit(faults.size === 0 ? 0 : 1);
