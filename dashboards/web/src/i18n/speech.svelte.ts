import { Formatter, type Language } from '../model/format';
import { choose, recall, remember } from './choose';
import { label, translator } from './translate';

/** Speech is the language in use: its words and its way of writing numbers. */
class Speech {
  language = $state<Language>(choose(location.search, recall(), navigator.languages));
  readonly t = $derived(translator(this.language));
  readonly format = $derived(new Formatter(this.language));

  /** label says a word of the data in the language. */
  label(group: string, word: string): string {
    return label(this.t, group, word);
  }

  use(language: Language): void {
    this.language = language;
    remember(language);
  }
}

export const speech = new Speech();
