import { expect, it } from 'vitest';
import { addDays, dayIn } from './days';

it('cuts an instant in the zone’s day', () => {
  expect(dayIn(Date.UTC(2026, 10, 21, 15, 59), 'Asia/Shanghai')).toBe('2026-11-21');
  expect(dayIn(Date.UTC(2026, 10, 21, 16, 0), 'Asia/Shanghai')).toBe('2026-11-22');
});

it('moves days over months and years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
});
