import { Control } from "./control.js";
import { watchServers } from "./incoming.js";
import { watchHttp } from "./outgoing-http.js";
import { watchUndici } from "./outgoing-undici.js";

/*
 * `node --import ldfi/hook service.js`: lets `ldfi hunt` see and disturb the calls of this service. It acts only on requests that carry
 * the run and the token of a hunt that it is connected to; everything else goes through untouched.
 */

const control = new Control(process.env);
watchServers(control);
watchHttp(control);
watchUndici(control);
