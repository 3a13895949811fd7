// A clean state before every run.
for (const port of [8102, 8103]) await (await fetch(`http://127.0.0.1:${port}/reset`)).text();
