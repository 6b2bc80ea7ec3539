// Labels: what is written beside an event. A label never loses what differs from the
// one beside it: it goes on over as many lines as it needs, up to a few.

import { LETTER } from './layout.js';

const ROWS = 3; // of a label

// fold parts a text into rows of so many letters: before a bracket, else at a space,
// else anywhere. What a few rows cannot hold is cut in its middle, since texts differ
// at their ends.
export function fold(s, most) {
  if ([...s].length <= most) return [s];
  const bracket = s.indexOf(' (');
  const rows = [];
  for (const piece of bracket > 0 ? [s.slice(0, bracket), s.slice(bracket + 1)] : [s]) {
    let row = '';
    for (const word of piece.split(' ')) {
      if (row && [...row].length + 1 + [...word].length > most) { rows.push(row); row = word; }
      else row += (row ? ' ' : '') + word;
      for (let letters = [...row]; letters.length > most; letters = [...row]) { rows.push(letters.slice(0, most).join('')); row = letters.slice(most).join(''); }
    }
    rows.push(row);
  }
  if (rows.length <= ROWS) return rows;
  const letters = [...rows[rows.length - 1]];
  return [...rows.slice(0, ROWS - 1), ('…' + (letters.length < most ? letters.join('') : letters.slice(1 - most).join('')))];
}

// wanted is how wide a column must be, so that no label needs more rows than its
// brackets ask for. A few long ones do not count.
export function wanted(run, head) {
  const wide = [];
  for (const e of run.events) {
    if (!e.actor) continue;
    const s = head(e), bracket = s.indexOf(' (');
    wide.push(bracket > 0 ? Math.max(bracket, s.length - bracket - 1) : s.length);
  }
  wide.sort((a, b) => a - b);
  return Math.ceil((wide[Math.floor(wide.length * 0.97)] || 0) * LETTER) + 44;
}
