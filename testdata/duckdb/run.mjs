// Writes the figures of a world as DuckDB makes them from its files, a CSV file
// for each figure: node run.mjs WORLD OUT
//
// The figures are the queries of figures/; they use the tables that tables/ makes.
// DuckDB writes the files itself: 64 bits do not fit into a JavaScript number.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** The SQL files of a folder, in the order of their names. */
function queriesOf(folder) {
  const path = join(import.meta.dirname, folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => ({ name: basename(name, '.sql'), sql: readFileSync(join(path, name), 'utf8') }));
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

const [world, out] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
await connection.run(`SET TimeZone = 'UTC'; SET VARIABLE world = ${quoted(world)}`);
for (const { sql } of queriesOf('tables')) {
  await connection.run(sql);
}
for (const { name, sql } of queriesOf('figures')) {
  await connection.run(`COPY (\n${sql}\n) TO ${quoted(join(out, `${name}.csv`))} (HEADER)`);
}
