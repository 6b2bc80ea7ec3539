// Sharing: the link is the whole run. What is in it is a run file, compressed.

import { $, html } from './tools.js';
import { state } from './state.js';
import { remember } from './address.js';
import { attempt, keep, say } from './session.js';

const flow = (bytes, through) => new Response(new Blob([bytes]).stream().pipeThrough(through));

// packed is a text as a word of an address.
async function packed(s) {
  const bytes = new Uint8Array(await flow(s, new CompressionStream('deflate-raw')).arrayBuffer());
  let out = '';
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(out).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

// unpacked is the text of a word. It fails if the word is none.
export async function textOf(word) {
  const s = atob(word.replaceAll('-', '+').replaceAll('_', '/'));
  return flow(Uint8Array.from(s, c => c.charCodeAt(0)), new DecompressionStream('deflate-raw')).text();
}

// linked puts the run that is chosen into the address.
export async function linked() {
  const pane = state.active;
  if (!pane || !pane.saved) return;
  if (pane.linkOf !== pane.saved.text) { pane.link = await packed(pane.saved.text); pane.linkOf = pane.saved.text; }
  state.link = pane.link;
  remember();
}

// share shows the link, and copies it where a browser lets a page.
export function share() {
  return attempt(async () => {
    await keep(state.active);
    await linked();
    const link = location.href.replace(/#.*/, '') + '#run=' + state.link;
    $('link').value = link;
    $('link-size').textContent = `The link is ${link.length.toLocaleString('en')} characters. It holds the whole run: scenario, seed and what you chose. Whoever opens it plays the same run, by its digest ${state.active.standing.digest}.`;
    $('sharing').showModal();
    $('link').select();
    try { await navigator.clipboard.writeText(link); say('The link is copied.'); } catch { /* the field can be copied from */ }
  });
}

// saveFile hands the run out as a file for paxsim replay.
export function saveFile() {
  return attempt(async () => {
    await keep(state.active);
    const { name, text } = state.active.saved, address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    html('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    say(`${name}: paxsim replay ${name} plays it again.`);
  });
}
