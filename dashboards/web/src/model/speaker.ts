import type { Translate } from '../i18n/translate';
import type { Formatter } from './format';

/** Speaker is the language in use, as the model takes it. */
export interface Speaker {
  t: Translate;
  format: Formatter;
  label(group: string, word: string): string;
}

/** suffix is an interval in brackets, to follow a value in a sentence; empty where there is none. */
export function suffix(s: Speaker, low: number | null | undefined, high: number | null | undefined, form: (x: number) => string): string {
  const interval = s.format.interval(low, high, form);
  return interval === '' ? '' : ` (${s.t('view.intervalshort', { interval })})`;
}
