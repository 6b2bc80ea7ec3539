// Hands what paxsim export wrote to the programs that it is meant for.
//
//   node check.mjs DIR [ANOTHER…]   every *.mmd to Mermaid, every *.log to ShiViz
//
// As many arrivals and losses must come out as DIR/*.json, the rows of the same
// runs, have. Ends with a line "N passed, N failed".
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { fileURLToPath } from 'node:url';
import { Window } from 'happy-dom';

// Mermaid cleans texts by a page's own means: it must find a page when it is read.
globalThis.window = new Window();
globalThis.document = globalThis.window.document;
const { default: mermaid } = await import('mermaid');

const here = path.dirname(fileURLToPath(import.meta.url));

// ShiViz is scripts of a page: they share one scope. Of a browser its parser and
// its graph need nothing but one function of jQuery, for copies.
const page = vm.createContext({ console, $: { extend: (to, from) => Object.assign(to, from) } });
for (const name of ['util', 'exception', 'regexp', 'vectorTimestamp', 'logEvent', 'parser', 'graphEvent', 'abstractGraph', 'abstractNode', 'modelNode', 'modelGraph']) {
  vm.runInContext(fs.readFileSync(path.join(here, 'shiviz', name + '.js'), 'utf8'), page, { filename: name + '.js' });
}
vm.runInContext(`
function readLog(text) {
  // As the page does with a file: the expression and the delimiter come first.
  var lines = text.split("\\n", 2);
  var log = text.substring(lines[0].length + lines[1].length + 2);
  var parser = new LogParser(log, lines[1] ? new NamedRegExp(lines[1], "m") : null, new NamedRegExp("^" + lines[0] + "$", "m"));
  var events = parser.getLogEvents("");
  var graph = new ModelGraph(events);
  var arrows = 0;
  graph.getAllNodes().forEach(function(n) { arrows += n.getParents().length; });
  return { texts: events.map(function(e) { return e.getText(); }), hosts: graph.getHosts().length, arrows: arrows };
}`, page);

// row is what the run says of itself.
function row(file) {
  return JSON.parse(fs.readFileSync(file.replace(/\.(mmd|log)$/, '.json'), 'utf8').split('\n')[0]);
}

function expect(what, got, want) {
  if (got !== want) throw new Error(`${what}: ${got}, and the run has ${want}`);
}

const checks = {
  '.log': text => {
    const { texts, hosts, arrows } = vm.runInContext('readLog', page)(text);
    if (hosts < 2 || arrows < 1) throw new Error(`${hosts} hosts, ${arrows} arrows`);
    const arrived = texts.filter(t => / from actor \d+ arrives/.test(t)).length;
    const refused = texts.filter(t => / from actor \d+ to actor \d+ is dropped/.test(t)).length;
    const lost = texts.reduce((n, t) => n + (t.match(/(?:; |in event \d+: )\w+ to actor \d+ is dropped/g) || []).length, 0);
    return { arrived, dropped: refused + lost };
  },
  '.mmd': async text => {
    const { diagramType } = await mermaid.parse(text);
    if (diagramType !== 'sequence') throw new Error(`a diagram of the type ${diagramType}`);
    if (text.length > 50000) throw new Error(`${text.length} characters, and Mermaid draws 50,000`);
    // What the parser made of it: its own list of messages, of which notes are some.
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const { LINETYPE } = diagram.db;
    const of = (...types) => diagram.db.getMessages().filter(m => types.includes(m.type)).length;
    return { arrived: of(LINETYPE.SOLID, LINETYPE.DOTTED), dropped: of(LINETYPE.SOLID_CROSS, LINETYPE.DOTTED_CROSS), notes: of(LINETYPE.NOTE), cut: /cut here/.test(text) };
  },
};

let passed = 0, failed = 0;
for (const dir of process.argv.slice(2)) {
  for (const name of fs.readdirSync(dir).sort()) {
    const check = checks[path.extname(name)];
    if (!check) continue;
    const file = path.join(dir, name);
    try {
      const got = await check(fs.readFileSync(file, 'utf8'));
      if (!got.cut) {
        const run = row(file);
        expect('arrivals', got.arrived, run.delivered);
        expect('losses', got.dropped, run.dropped);
      }
      passed++;
    } catch (e) {
      failed++;
      console.log(`${name}: ${e.message || (e.getMessage ? e.getMessage() : e)}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
