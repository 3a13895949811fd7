// The store: what there is and what it costs, in SQLite.
import { createServer } from "node:http";
import initSqlJs from "sql.js";

const { Database } = await initSqlJs();
const db = new Database();

function reset() {
  db.run(`
    drop table if exists item; drop table if exists reservation;
    create table item(id integer primary key, amount integer, stock integer);
    create table reservation("order" text primary key, item integer);
    insert into item values (1, 10, 5)`);
}

function rows(sql, values) {
  const statement = db.prepare(sql, values);
  const found = [];
  while (statement.step()) found.push(statement.getAsObject());
  statement.free();
  return found;
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || "{}");
}

reset();
createServer(async (request, response) => {
  const give = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  const path = request.url ?? "/";
  if (path === "/health") return give(200, { ok: true });
  if (path === "/reset") {
    reset();
    return give(200, { ok: true });
  }
  if (path.startsWith("/price/")) {
    const [item] = rows("select amount from item where id = ?", [Number(path.slice("/price/".length))]);
    return item === undefined ? give(404, {}) : give(200, item);
  }
  if (path === "/reserve") {
    const { item, order } = await bodyOf(request);
    db.run('insert or ignore into reservation("order", item) values (?, ?)', [order, item]);
    return give(200, { reserved: item });
  }
  if (path === "/reservations") return give(200, rows("select * from reservation", []));
  give(404, {});
}).listen(8102, "127.0.0.1");
