// The engine behind a page of paxsim play answers its requests: see the doc of the
// package sim/explain/play. There are two ways to it, and the page sees no difference.
//
//   const engine = startEngine();            // of this page: what <script id="engine"> says
//   await engine.ready;                      // or why there is none
//   const reply = await engine.ask({ do: 'library' });
//   engine.end();                            // whatever it is doing; what is asked then fails
//   engine.ended                             // a promise, of why it ended of itself
//
// A reply of mistakes is a reply. ask fails only if the engine is gone, or cannot be
// reached. Then startEngine begins another, which has no run open.

export function startEngine() {
  const how = JSON.parse(document.getElementById('engine').textContent);
  return how.loopback ? loopbackEngine() : workerEngine();
}

// loopbackEngine asks the command that has served the page. Each has a session of its own.
function loopbackEngine() {
  const session = Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
  const stop = new AbortController();
  let tell;
  const ended = new Promise(resolve => tell = resolve);
  let last = Promise.resolve(); // one after the other
  const ask = request => last = last.catch(() => {}).then(async () => {
    let answer;
    try {
      answer = await fetch('do', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Paxsim-Session': session }, body: JSON.stringify(request), signal: stop.signal });
    } catch {
      const why = stop.signal.aborted ? 'the engine was ended' : 'paxsim play cannot be reached: it was ended';
      tell(why);
      throw new Error(why);
    }
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  });
  return { ready: Promise.resolve(), ended, ask, end: () => stop.abort() };
}

// workerEngine runs the wasm that the page holds in a worker.
function workerEngine() {
  const text = id => document.getElementById(id).textContent;
  const source = URL.createObjectURL(new Blob([atob(text('engine-exec')), '\n', atob(text('engine-worker'))], { type: 'text/javascript' }));
  const worker = new Worker(source);
  const waiting = new Map(); // by number of the question
  let number = 0, gone = '', tell, begun, failed;
  const ended = new Promise(resolve => tell = resolve);
  const ready = new Promise((resolve, reject) => { begun = resolve; failed = reject; });
  ready.catch(() => {}); // whoever waits for it hears of it
  const over = why => {
    if (gone) return;
    gone = why;
    worker.terminate();
    URL.revokeObjectURL(source);
    failed(new Error(why));
    for (const w of waiting.values()) w.reject(new Error(why));
    waiting.clear();
    tell(why);
  };
  worker.onerror = e => over('the engine has failed: ' + (e.message || 'its worker cannot be started'));
  worker.onmessage = e => {
    const m = e.data;
    if (m.ended) return over(m.ended);
    if (m.ready) return begun();
    const w = waiting.get(m.number);
    waiting.delete(m.number);
    if (w) w.resolve(JSON.parse(m.reply));
  };
  worker.postMessage({ wasm: text('engine-wasm') });
  const ask = request => new Promise((resolve, reject) => {
    if (gone) return reject(new Error(gone));
    waiting.set(++number, { resolve, reject });
    worker.postMessage({ number, request: JSON.stringify(request) });
  });
  return { ready, ended, ask, end: () => over('the engine was ended') };
}
