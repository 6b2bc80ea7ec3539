// Small tools: elements, texts, numbers. No text from a run is ever read as HTML:
// all of it goes through textContent.

const SVG = 'http://www.w3.org/2000/svg';
export const $ = id => document.getElementById(id);

// counts is for tests: how many elements the last step made, removed or changed.
export const counts = { touched: 0 };

function fill(el, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) { el[name] = value; el.hears = [...el.hears || [], name]; }
    else if (value !== false && value != null) el.setAttribute(name, value === true ? '' : value);
  }
  for (const c of children) if (c != null && c !== '') el.append(c);
  counts.touched++;
  return el;
}
export const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// become gives an element new children. What is there already and is the same stays, so
// a step costs what differs: most rows of a table do not. Handlers are taken over.
export function become(el, ...nodes) {
  const had = [...el.childNodes];
  nodes = nodes.filter(n => n != null && n !== '').map(n => typeof n === 'string' ? document.createTextNode(n) : n);
  nodes.forEach((n, k) => {
    const old = had[k];
    if (!old) el.append(n);
    else if (old.nodeName !== n.nodeName) old.replaceWith(n);
    else if (n.nodeType === Node.TEXT_NODE) { if (old.data !== n.data) { old.data = n.data; counts.touched++; } }
    else { counts.touched--; like(old, n); become(old, ...n.childNodes); }
  });
  for (const old of had.slice(nodes.length)) { old.remove(); counts.touched++; }
}

// like gives an element the attributes and the handlers of another.
export function like(el, other) {
  for (const name of el.getAttributeNames()) if (!other.hasAttribute(name)) { el.removeAttribute(name); counts.touched++; }
  for (const { name, value } of other.attributes) if (el.getAttribute(name) !== value) { el.setAttribute(name, value); counts.touched++; }
  for (const name of el.hears || []) el[name] = null;
  for (const name of el.hears = other.hears || []) el[name] = other[name];
}

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
