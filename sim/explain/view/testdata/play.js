// What tests do in place of a person: window.play asks the engine and keeps a model of
// the page's data, window.engine is the engine.
let engine = startEngine();
const began = performance.now();
window.engine = engine;
window.again = () => { engine = window.engine = startEngine(); return true; };
window.readyIn = 0;
engine.ready.then(() => { window.readyIn = performance.now() - began; document.getElementById('said').textContent = 'ready'; }, e => { document.getElementById('said').textContent = String(e.message); });
window.play = async request => {
  const reply = await engine.ask(request);
  if (reply.said) document.getElementById('said').textContent = reply.said;
  return reply;
};
// A link holds a run file: base64url of deflate-raw.
window.link = async text => {
  const packed = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  return '#run=' + btoa(String.fromCharCode(...new Uint8Array(packed))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};
window.unlink = async hash => {
  const bytes = Uint8Array.from(atob(hash.slice(5).replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
};
