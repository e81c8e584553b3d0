// Reads diagrams, a JSON list on standard input, with Mermaid's own parser, and prints what it makes of each:
// {"entities": [...], "relations": n} or {"error": "..."}.
import { pathToFileURL } from "node:url";
import { text } from "node:stream/consumers";

const { default: mermaid } = await import(pathToFileURL(process.argv[2]));
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
const answers = [];
for (const diagram of JSON.parse(await text(process.stdin))) {
  try {
    await mermaid.parse(diagram);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(diagram);
    answers.push({ entities: [...db.getEntities().keys()], relations: db.getRelationships().length });
  } catch (error) {
    answers.push({ error: String(error.message ?? error) });
  }
}
console.log(JSON.stringify(answers));
