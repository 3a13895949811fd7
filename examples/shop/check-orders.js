// What has to be true when all is quiet: at most one payment, of the right amount, and exactly one if the customer was told so.
const ledger = await (await fetch("http://127.0.0.1:8103/ledger")).json();
let input = "";
for await (const chunk of process.stdin) input += chunk;
const { outcome } = JSON.parse(input);
if (ledger.length > 1) fail(`${ledger.length} payments for one order`);
if (outcome === "full" && ledger.length !== 1) fail("no payment for an order that was confirmed");
if (ledger.some(({ amount }) => amount !== 10)) fail("a payment of the wrong amount");

function fail(why) {
  console.log(why);
  process.exit(1);
}
