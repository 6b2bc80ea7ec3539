// Small tools: elements, texts, numbers. No text from a run is ever read as HTML:
// all of it goes through textContent.

const SVG = 'http://www.w3.org/2000/svg';
export const $ = id => document.getElementById(id);

// counts is for tests: how many elements the last step made, removed or changed.
export const counts = { touched: 0 };

function fill(el, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) el.setAttribute(name, value === true ? '' : value);
  }
  for (const c of children) if (c != null && c !== '') el.append(c);
  counts.touched++;
  return el;
}
export const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export function text(el, s) { if (el.textContent !== s) { el.textContent = s; counts.touched++; } }
export function mark(el, name, on) { if (el.classList.contains(name) !== on) { el.classList.toggle(name, on); counts.touched++; } }
export const clamp = (n, low, high) => Math.max(low, Math.min(high, n));
export const plural = (n, one) => n === 1 ? '1 ' + one : n.toLocaleString('en') + ' ' + one + 's';

// first is the first of 0..n-1 for which a condition that turns true stays so.
export function first(n, is) {
  let low = 0, high = n;
  while (low < high) { const mid = (low + high) >> 1; if (is(mid)) high = mid; else low = mid + 1; }
  return low;
}
export const capital = s => s.charAt(0).toUpperCase() + s.slice(1);
export const some = list => list.length > 12 ? `${list.slice(0, 10).join(', ')} and ${list.length - 10} more` : list.join(', ');
