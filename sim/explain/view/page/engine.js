// The engine behind the page, reached in one of two ways: over loopback, or in a worker
// that runs it as wasm. A worker can be ended; if the engine breaks, that costs the
// worker and not the page.

import { $ } from './tools.js';

// Refused is a request that could not be met, with the engine's words for why.
class Refused extends Error {
  constructor(mistakes) { super(mistakes.map(m => m.text).join('\n')); this.mistakes = mistakes; }
}

// Broken is an engine that is gone. revive makes another.
export class Broken extends Error {}

let send = null; // a text to a promise of a text
let end = () => {};
let queue = Promise.resolve(); // requests are met one at a time, in their order

// ask sends a request, and gives the reply.
export function ask(request) {
  const reply = queue.then(() => send(JSON.stringify(request))).then(text => {
    const got = JSON.parse(text);
    if (got.mistakes) throw new Refused(got.mistakes);
    return got;
  });
  queue = reply.catch(() => {});
  return reply;
}

// stop ends what the engine is at. A worker is ended and must be revived.
export const stop = () => end();

// startEngine starts it; path is where requests go over loopback, '' for a worker.
export async function startEngine(path) {
  queue = Promise.resolve();
  if (path) overLoopback(path); else await inWorker();
}

function overLoopback(path) {
  let current = null;
  end = () => current && current.abort();
  send = async text => {
    current = new AbortController();
    let response;
    try { response = await fetch(path, { method: 'POST', body: text, headers: { 'Content-Type': 'application/json' }, signal: current.signal }); }
    catch { throw current.signal.aborted ? new Refused([{ text: 'stopped' }]) : new Broken('paxsim play does not answer: start it again, and reload this page'); }
    if (!response.ok) throw new Broken(`paxsim play answers ${response.status}: ${(await response.text()).slice(0, 200)}`);
    return response.text();
  };
}

// GLUE is what the worker does once it has wasm_exec.js: it unpacks the engine's code,
// unless it is given it, and hands it back for the worker after it. It runs the engine,
// which calls paxsimReady, and hands requests to it. All of that is off the page's thread.
const GLUE = [';let answer = null;',
  'globalThis.paxsimReady = f => { if (typeof f === "function") { answer = f; postMessage({ ready: true }); } else postMessage({ gone: String(f) }); };',
  'const bytesOf = s => Uint8Array.fromBase64 ? Uint8Array.fromBase64(s) : Uint8Array.from(atob(s), c => c.charCodeAt(0));',
  'const unpacked = s => new Response(new Blob([bytesOf(s)]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": "application/wasm" } });',
  'onmessage = async e => {',
  '  try {',
  '    if (e.data.text) return postMessage({ n: e.data.n, reply: answer(e.data.text) });',
  '    const code = e.data.code || await WebAssembly.compileStreaming(unpacked(e.data.packed));',
  '    if (e.data.packed) postMessage({ code });',
  '    const go = new Go();',
  '    await go.run(await WebAssembly.instantiate(code, go.importObject));',
  '    postMessage({ gone: "the engine has ended" });',
  '  } catch (x) { postMessage({ gone: String(x) }); }',
  '};'].join('\n');

let code = null; // the engine's, once a worker has unpacked it

async function inWorker() {
  const address = URL.createObjectURL(new Blob([JSON.parse($('glue').textContent), GLUE], { type: 'text/javascript' }));
  const worker = new Worker(address), waiting = new Map();
  let last = 0, gone = '';
  const fail = why => {
    gone = why;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new Broken(why));
    waiting.clear();
  };
  end = () => fail('stopped');
  send = text => new Promise((resolve, reject) => {
    if (gone) return reject(new Broken(gone));
    waiting.set(++last, { resolve, reject });
    worker.postMessage({ n: last, text });
  });
  await new Promise((resolve, reject) => {
    worker.onmessage = e => {
      if (e.data.code) { code = e.data.code; $('wasm').textContent = ''; }
      if (e.data.ready) { URL.revokeObjectURL(address); resolve(); }
      if (e.data.gone) { fail(e.data.gone); reject(new Broken(e.data.gone)); }
      const asked = waiting.get(e.data.n);
      if (asked) { waiting.delete(e.data.n); asked.resolve(e.data.reply); }
    };
    worker.onerror = e => { fail(e.message || 'the engine broke'); reject(new Broken(e.message)); };
    worker.postMessage(code ? { code } : { packed: $('wasm').textContent });
  });
}
