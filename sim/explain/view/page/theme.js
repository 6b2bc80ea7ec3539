// Light or dark.

export function setTheme(word) { if (word === 'auto') delete document.documentElement.dataset.theme; else if (['light', 'dark'].includes(word)) document.documentElement.dataset.theme = word; }
export function nextTheme() {
  const is = document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  setTheme(is === 'dark' ? 'light' : 'dark');
}
