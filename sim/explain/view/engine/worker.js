// What runs in the worker of a page, behind the wasm_exec.js of the Go that built the
// wasm. It answers one message after the other, in their order.
'use strict';
(() => {
  let answer = null; // the engine
  const early = []; // what was asked before it was there
  const reply = m => postMessage({ number: m.number, reply: answer(m.request) });
  const failed = e => postMessage({ ended: 'the engine has failed: ' + (e && e.message || e) });

  // What Go prints when it panics is all that is known of why.
  let printed = '';
  globalThis.fs.writeSync = (_, bytes) => { printed = (printed + new TextDecoder().decode(bytes)).slice(0, 2000); return bytes.length; };
  globalThis.fs.write = (fd, bytes, offset, length, position, callback) => { globalThis.fs.writeSync(fd, bytes.subarray(offset, offset + length)); callback(null, length); };

  globalThis.paxsimReady = engine => {
    if (typeof engine === 'string') return failed(engine);
    answer = engine;
    postMessage({ ready: true });
    for (const m of early.splice(0)) reply(m);
  };

  async function begin(text) {
    const packed = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const bytes = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
    const go = new Go();
    const { instance } = await WebAssembly.instantiate(bytes, go.importObject);
    await go.run(instance);
    failed(printed.split('\n')[0] || 'it has ended');
  }

  onmessage = e => {
    try {
      if (e.data.wasm) begin(e.data.wasm).catch(failed);
      else if (answer) reply(e.data);
      else early.push(e.data);
    } catch (x) {
      failed(printed.split('\n')[0] || x);
    }
  };
})();
