import type { Stage } from '../api/questions';

/**
 * finished tells whether nothing is left to wait for. A failed stage stays on
 * show. Where figures are published already, a stage that never began is one
 * that a later start leaves out.
 */
export function finished(stages: readonly Stage[], published: boolean): boolean {
  return stages.every((stage) => stage.state === 'done' || (published && stage.state === 'waiting'));
}

/** share is how much of a stage is done, in [0,1]; undefined where nobody knows. */
export function share(stage: Stage): number | undefined {
  if (stage.state === 'done') {
    return 1;
  }
  return stage.total > 0 ? Math.min(1, stage.done / stage.total) : undefined;
}
