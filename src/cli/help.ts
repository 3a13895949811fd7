/* What `--help` says beyond the list of options. */

export const summary = `Checks distributed protocols, written in Dedalus, against lost messages and crashed nodes: \
is there a pattern of such faults, within your bounds, under which the protocol breaks its promise?`;

export const root = `
Examples:
  ldfi check broadcast.ded --eot 4 --eff 2     messages sent at instant 1 may be lost; is that survived?
  ldfi check broadcast.ded --crashes 1         … and one node may crash
  ldfi run broadcast.ded --omit a,b,1          the run in which that message is lost, drawn
  ldfi sweep broadcast.ded                     no bounds: find those at which it breaks
  ldfi test programs/                          every expectation written in the files

Exit status: 0 holds · 1 violated · 2 wrong program or command line · 3 inconclusive · 70 a bug in ldfi
`;

export const check = {
  summary: "look for faults that make a program break its specification",
  details: `
A program promises that every tuple of pre at the end of time is also in post. Without pre, whatever post (or,
without post, any persistent relation) holds in the run without faults has to survive every schedule of faults.

Examples:
  ldfi check broadcast.ded --eot 6 --crashes 1
  ldfi check broadcast.ded --eot 8 --eff 4 --all           every minimal way to break it
  ldfi check broadcast.ded --strict --report result.xml    for a CI job
  cat broadcast.ded | ldfi check -

Exit status: 0 holds · 1 violated · 2 wrong program or command line · 3 a limit or Ctrl-C came first
`,
} as const;

export const run = {
  summary: "show one execution, under the faults you name",
  details: `
Examples:
  ldfi run broadcast.ded --eot 4                            without faults
  ldfi run broadcast.ded --omit a,b,1 --crash c,2 --tables
  ldfi run broadcast.ded --why 'log("c","hello")@4'
  ldfi run broadcast.ded --omit a,c,1 --why-not 'log("c","hello")@4'

A tuple without an instant is asked for at the end of time. An odd name is quoted like a string: --omit 'a,"b, c",1'.
Exit status: 0 the run keeps the specification · 1 it does not, or --why asks for a tuple that is not there
`,
} as const;

export const breaking = {
  summary: "look for the fewest faults that remove a tuple, or make it appear",
  details: `
Examples:
  ldfi break election.ded 'leader("a",1)@5' --crashes 1
  ldfi break commit.ded 'abort("b")@6' --appear

Exit status: 0 no faults within the bounds do · 1 some do · 3 a limit or Ctrl-C came first
`,
} as const;

export const sweep = {
  summary: "find the smallest bounds that break a program, or how deep it is certified",
  details: `
Without --eot and --eff the bounds grow: EOT until the run without faults does its work, then EFF, then both; for 120
seconds, or for --timeout. After a violation the protocol gets more time to recover before the violation is believed.
With --eot or --eff, or a range of crashes, every budget in the ranges is decided, however long that takes, and shown as
a table: the resilience frontier.

Examples:
  ldfi sweep broadcast.ded --crashes 1 --timeout 60
  ldfi sweep broadcast.ded --eot 4..12 --eff .. --crashes 0..2

Exit status: 0 holds as deep as the limits allowed · 1 violated · 2 wrong program or command line · 3 nothing certain
`,
} as const;

export const test = {
  summary: "run the expectations written in programs",
  details: `
Expectations are comments in the program:
  //! check eot=4 eff=2 expect=violated faults=1
  //! check eot=6 crashes=1 expect=holds name="survives one crash"
  //! run omit=a,b,1 eot=4 expect=violated

Examples:
  ldfi test programs/
  ldfi test programs/ --filter broadcast --bail
  ldfi test programs/ --shard 1/4 --report results.xml

Exit status: 0 every expectation is met · 1 one is not · 2 a file is wrong
`,
} as const;
