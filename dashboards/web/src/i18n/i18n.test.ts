import { describe, expect, it } from 'vitest';
import { choose } from './choose';
import { en, type Key } from './en';
import { dictionaries, label, translator } from './translate';
import { zh } from './zh';

const keys = Object.keys(en) as Key[];

describe('the dictionaries', () => {
  it('have the same keys', () => {
    expect(Object.keys(zh).sort()).toEqual([...keys].sort());
  });

  it('have the same {names} in every sentence', () => {
    const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();
    for (const key of keys) {
      expect(names(zh[key]), key).toEqual(names(en[key]));
    }
  });

  it('leave nothing untranslated but what is no word', () => {
    const same = keys.filter((key) => zh[key] === en[key]);
    expect(same).toEqual(['col.n', 'report.n']);
  });

  it('use the field’s words in Chinese', () => {
    const glossary: Partial<Record<Key, string>> = {
      'col.day7': '留存', 'col.cohort': '同期群', 'col.conversion': '转化', 'col.redeemed': '核销', 'col.issued': '发放',
      'col.claimed': '领取', 'col.portal': '流量入口', 'uplift.title': '提升', 'fresh.upto': '数据截至', 'claim.installment_uplift': '分期',
    };
    for (const [key, word] of Object.entries(glossary)) {
      expect(zh[key as Key]).toContain(word);
    }
  });
});

describe('choose', () => {
  it('takes the URL before what is remembered before what the browser accepts', () => {
    expect(choose('?lang=en', 'zh-CN', ['zh-CN'])).toBe('en');
    expect(choose('', 'zh-CN', ['en-GB'])).toBe('zh-CN');
    expect(choose('', null, ['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(choose('?lang=xx', null, ['fr'])).toBe('en');
  });
});

describe('translator', () => {
  it('fills names in, and leaves a name without a value visible', () => {
    const t = translator('en');
    expect(t('state.kofn', { k: 3, n: 12 })).toBe('3 of 12');
    expect(t('state.kofn', { k: 3 })).toBe('3 of {n}');
  });

  it('shows a word of the data that it does not know as it is', () => {
    const t = translator('zh-CN');
    expect(label(t, 'portal', 'scan')).toBe(dictionaries['zh-CN']['portal.scan']);
    expect(label(t, 'portal', 'hologram')).toBe('hologram');
  });
});
