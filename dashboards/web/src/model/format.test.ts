import { describe, expect, it } from 'vitest';
import { Formatter } from './format';

const en = new Formatter('en');
const zh = new Formatter('zh-CN');

describe('Formatter', () => {
  it('shows rates with one decimal and growths with their sign', () => {
    expect(en.rate(0.2874)).toBe('28.7%');
    expect(en.growth(0.2312)).toBe('+23.1%');
    expect(en.growth(-0.05)).toBe('-5.0%');
    expect(en.growth(0)).toBe('0.0%');
  });

  it('shows a dash, never a zero, for what is absent', () => {
    expect(en.rate(null)).toBe('–');
    expect(en.count(undefined)).toBe('–');
    expect(en.money(null, 'CNY')).toBe('–');
    expect(en.rate(0)).toBe('0.0%');
  });

  it('shortens large counts the way each language does', () => {
    expect(en.short(99_999)).toBe('99,999');
    expect(en.short(11_888.07)).toBe('11,888');
    expect(en.short(1_234_567)).toBe('1.2M');
    expect(zh.short(123_456)).toBe('12.3万');
    expect(zh.short(1_234_567_890)).toBe('12.3亿');
  });

  it('never mixes two forms on one axis from ten thousand on', () => {
    expect([9000, 10_000, 50_000, 100_000].map((n) => zh.axisCount(n))).toEqual(['9,000', '1万', '5万', '10万']);
    expect(en.axisMoney(250_000, 'CNY')).toBe('¥250K');
  });

  it('shows money exactly, beyond what a float can hold', () => {
    expect(en.money('9007199254740993.17', 'CNY')).toBe('¥9,007,199,254,740,993.17');
    expect(en.money('-12.50', 'CNY')).toBe('-¥12.50');
  });

  it('keeps the two ends of an interval together, and shows none without both', () => {
    expect(en.interval(0.1, 0.2, (x) => en.rate(x))).toBe('10.0%\u00a0to\u00a020.0%');
    expect(zh.interval(0.1, 0.2, (x) => zh.rate(x))).toBe('10.0%\u00a0~\u00a020.0%');
    expect(en.interval(null, 0.2, (x) => en.rate(x))).toBe('');
  });

  it('tells days and instants in the zone asked for, whatever the machine’s zone is', () => {
    expect(en.day('2026-11-21')).toBe('11/21');
    expect(zh.weekday('2026-11-21')).toBe('周六');
    expect(en.instant(Date.UTC(2026, 10, 21, 16, 5), 'Asia/Shanghai')).toBe('11/22 00:05');
    expect(en.zone(Date.UTC(2026, 10, 21), 'Asia/Shanghai')).toBe('GMT+8');
  });
});
