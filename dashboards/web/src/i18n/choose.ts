import type { Language } from '../model/format';

export const languages: readonly Language[] = ['zh-CN', 'en'];

const stored = 'sevenday.language';

/** choose picks the language: the URL's, else the remembered one, else the browser's first that the page speaks. */
export function choose(search: string, remembered: string | null, accepted: readonly string[]): Language {
  const wishes = [new URLSearchParams(search).get('lang'), remembered, ...accepted];
  for (const wish of wishes) {
    const language = match(wish);
    if (language) {
      return language;
    }
  }
  return 'en';
}

function match(wish: string | null): Language | undefined {
  const main = wish?.toLowerCase().split('-')[0];
  return languages.find((language) => language.split('-')[0] === main);
}

/** recall and remember keep the choice; a browser that forbids storage forgets it. */
export function recall(): string | null {
  try {
    return localStorage.getItem(stored);
  } catch {
    return null;
  }
}

export function remember(language: Language): void {
  try {
    localStorage.setItem(stored, language);
  } catch {
    // The URL still holds the choice.
  }
}
