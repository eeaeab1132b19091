import { ApiError } from '../api/client';
import type { Ask } from '../api/questions';
import { live } from './live.svelte';

/** How long to wait before asking again when the servers are starting or away. */
const againAfter = 4000;

/** Question is a question to the API with its latest answer. While it is asked again the old answer stays. */
export class Question<T> {
  answer = $state.raw<T>();
  error = $state.raw<ApiError>();
  asking = $state(false);
  #again = $state(0);

  /** ask puts the question; an answer that comes after the returned function was called is dropped. */
  ask(how: Ask<T>): () => void {
    void this.#again; // asked again when it changes
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.asking = true;
    how(abort.signal).then(
      (answer) => {
        if (!abort.signal.aborted) {
          [this.answer, this.error, this.asking] = [answer, undefined, false];
        }
      },
      (fault: unknown) => {
        if (!abort.signal.aborted) {
          this.error = fault instanceof ApiError ? fault : new ApiError(0, String(fault), '');
          this.asking = false;
          timer = this.error.passing ? setTimeout(() => this.retry(), againAfter) : undefined;
        }
      },
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }

  retry(): void {
    this.#again++;
  }
}

/**
 * question asks what how() returns, and asks again whenever something that
 * how() reads changes, or new figures are published. Before the first
 * publication there is nothing to ask for, nor while how() returns nothing.
 */
export function question<T>(how: () => Ask<T> | undefined): Question<T> {
  const asked = new Question<T>();
  $effect(() => {
    const ask = live.run === 0 ? undefined : how();
    return ask && asked.ask(ask);
  });
  return asked;
}
