import { en, type Dictionary, type Key } from './en';
import { zh } from './zh';
import type { Language } from '../model/format';

export const dictionaries: Record<Language, Dictionary> = { 'zh-CN': zh, en };

export type Values = Record<string, string | number>;
export type Translate = (key: Key, values?: Values) => string;

/** translator returns the function that says a key in a language, {names} filled in. */
export function translator(language: Language): Translate {
  const dictionary = dictionaries[language];
  return (key, values = {}) =>
    dictionary[key].replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** label says a word of the data, such as a portal; words the page does not know are shown as they are. */
export function label(t: Translate, group: string, word: string): string {
  const key = `${group}.${word}`;
  return key in en ? t(key as Key) : word;
}
