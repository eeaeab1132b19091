/** Theme is the colours that charts are drawn in, read from the page's own style sheet. */
export interface Theme {
  accent: string;
  text: string;
  muted: string;
  line: string;
  surface: string;
}

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return { accent: color('--accent'), text: color('--text'), muted: color('--muted'), line: color('--line'), surface: color('--surface') };
}
