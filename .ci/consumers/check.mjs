// Hands the sequence diagrams that paxsim export wrote to Mermaid.
//
//   node check.mjs DIR [ANOTHER…]   every *.mmd
//
// As many arrivals and losses must come out as DIR/*.json, the rows of the same
// runs, have. Ends with a line "N passed, N failed".
import fs from 'node:fs';
import path from 'node:path';
import { Window } from 'happy-dom';

// Mermaid cleans texts by a page's own means: it must find a page when it is read.
globalThis.window = new Window();
globalThis.document = globalThis.window.document;
const { default: mermaid } = await import('mermaid');

// row is what the run says of itself.
function row(file) {
  return JSON.parse(fs.readFileSync(file.replace(/\.mmd$/, '.json'), 'utf8').split('\n')[0]);
}

function expect(what, got, want) {
  if (got !== want) throw new Error(`${what}: ${got}, and the run has ${want}`);
}

// read is what Mermaid makes of a diagram.
async function read(text) {
  const { diagramType } = await mermaid.parse(text);
  if (diagramType !== 'sequence') throw new Error(`a diagram of the type ${diagramType}`);
  if (text.length > 50000) throw new Error(`${text.length} characters, and Mermaid draws 50,000`);
  // What the parser made of it: its own list of messages, of which notes are some.
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { LINETYPE } = diagram.db;
  const of = (...types) => diagram.db.getMessages().filter(m => types.includes(m.type)).length;
  return { arrived: of(LINETYPE.SOLID, LINETYPE.DOTTED), dropped: of(LINETYPE.SOLID_CROSS, LINETYPE.DOTTED_CROSS), cut: /cut here/.test(text) };
}

let passed = 0, failed = 0;
for (const dir of process.argv.slice(2)) {
  for (const name of fs.readdirSync(dir).filter(name => name.endsWith('.mmd')).sort()) {
    const file = path.join(dir, name);
    try {
      const got = await read(fs.readFileSync(file, 'utf8'));
      if (!got.cut) {
        const run = row(file);
        expect('arrivals', got.arrived, run.delivered);
        expect('losses', got.dropped, run.dropped);
      }
      passed++;
    } catch (e) {
      failed++;
      console.log(`${name}: ${e.message || e}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
