// A clean state before every run.
for (const port of [8203, 8204]) await (await fetch(`http://127.0.0.1:${port}/reset`)).text();
