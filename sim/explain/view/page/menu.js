// Menus: what can be done at a place, in words, with the name of the choice small
// beside. On a phone a menu is a sheet at the bottom.

import { $, html } from './tools.js';

let back = null; // who had the focus before
let closed = -1; // when the pointer went down that closed a menu

// closedBy says whether a click has closed a menu, and so means nothing else.
export const closedBy = event => closed >= 0 && event.timeStamp - closed < 700;

function closeMenu() {
  const menu = $('menu');
  if (menu.hidden) return;
  menu.hidden = true;
  if (back && back.isConnected) back.focus({ preventScroll: true });
}

// openMenu shows a menu at a point. items are {text, name, does, range}: does is called
// with the number that was asked for, if there is a range.
export function openMenu(title, items, x, y) {
  const menu = $('menu');
  if (menu.hidden) back = document.activeElement;
  const rows = items.map(item => html('button', { role: 'menuitem', tabindex: -1, class: item.chosen ? 'chosen' : false, onclick: () => { if (item.range) number(item); else { closeMenu(); item.does(); } } },
    html('span', {}, item.text + (item.range ? ' …' : '')), item.name ? html('small', {}, item.name) : ''));
  if (!rows.length) rows.push(html('p', { class: 'quiet' }, 'Nothing can be done here.'));
  menu.replaceChildren(html('h3', { id: 'menu-head' }, title), html('div', { role: 'menu', 'aria-labelledby': 'menu-head' }, ...rows));
  menu.hidden = false;
  menu.style.left = menu.style.top = '';
  if (innerWidth > 700) {
    menu.style.left = Math.max(4, Math.min(x, innerWidth - menu.offsetWidth - 8)) + 'px';
    menu.style.top = Math.max(4, Math.min(y, innerHeight - menu.offsetHeight - 8)) + 'px';
  }
  const first = menu.querySelector('[role=menuitem]');
  if (first) first.focus({ preventScroll: true });
}

// number asks for the number of an item: times in milliseconds.
function number(item) {
  const { least, most, tick_us: tick, text, unit } = item.range, scale = unit === 'tick' ? tick / 1000 : 1;
  const field = html('input', { type: 'number', id: 'menu-number', min: least * scale, max: most * scale, step: scale, size: 14, value: item.open ? '' : +(item.value * scale).toFixed(3), required: !item.open, placeholder: item.open ? 'until it is healed' : '' });
  const form = html('form', { onsubmit: event => { event.preventDefault(); closeMenu(); item.does(Math.round(Number(field.value) / scale)); } },
    html('label', { for: 'menu-number' }, `${text}${unit === 'tick' ? ', in ms' : ''} (${+(least * scale).toFixed(3)} to ${+(most * scale).toFixed(3)})`), field, html('button', {}, 'do it'));
  $('menu').lastChild.replaceWith(form);
  $('menu').firstChild.textContent = item.text;
  field.focus();
  field.select();
}

// wireMenu makes it close where it must, and its keys.
export function wireMenu() {
  $('menu').addEventListener('keydown', event => {
    const list = [...$('menu').querySelectorAll('[role=menuitem]')], k = list.indexOf(document.activeElement);
    const to = { ArrowDown: k + 1, ArrowUp: k - 1, Home: 0, End: list.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') { event.preventDefault(); closeMenu(); }
    if (to === undefined || !list.length || k < 0) return;
    event.preventDefault();
    list[(to + list.length) % list.length].focus();
  });
  document.addEventListener('pointerdown', event => {
    const closes = !$('menu').hidden && !$('menu').contains(event.target);
    closed = closes ? event.timeStamp : -1;
    if (closes) closeMenu();
  });
}
