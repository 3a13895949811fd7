// When all is quiet an order that was accepted was worked once, or waits for a human; none was worked twice.
const { dead } = await (await fetch("http://127.0.0.1:8203/")).json();
const { done } = await (await fetch("http://127.0.0.1:8204/")).json();
let input = "";
for await (const chunk of process.stdin) input += chunk;
const { outcome } = JSON.parse(input);
const fail = (why) => {
  console.log(why);
  process.exit(1);
};
if (done.length > 1) fail("an order was worked twice");
if (outcome === "accepted" && done.length + dead.length === 0) fail("an order that was accepted is lost");
